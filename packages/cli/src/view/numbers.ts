/** 3720 as `3,720`. */
export const count = (n: number) => Math.round(n).toLocaleString("en-US");

/** A share as a percentage a person reads: `0.1%`, `5.1%`, `0%`; a dash where there is nothing to divide by. */
export function rate(bad: number, requests: number): string {
  if (requests === 0) return "–";
  const percent = (100 * bad) / requests;
  if (percent === 0) return "0%";
  return percent < 0.05 ? "<0.1%" : `${percent.toFixed(1)}%`;
}

/** A percentage with at most one decimal: `7%`, `12.5%`. */
export const percent = (n: number) => `${Math.round(n * 10) / 10}%`;

/** Minutes as `12 min`, `1 h 05 min`, `7 d 01 h`. */
export function minutes(n: number): string {
  const whole = Math.round(n);
  if (whole < 60) return `${whole} min`;
  const hours = Math.floor(whole / 60);
  return hours < 48
    ? `${hours} h ${twoDigits(whole % 60)} min`
    : `${Math.floor(hours / 24)} d ${twoDigits(hours % 24)} h`;
}

const twoDigits = (n: number) => String(n).padStart(2, "0");

/** A bar of `width` cells, filled to `share` (0 to 1). */
export function bar(share: number, width: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * width);
  return "█".repeat(filled) + "░".repeat(width - filled);
}
