import type { Counts } from "./counts.ts";
import type { Verdict } from "./verdict.ts";

/** The names of the two arms, for a sentence. */
export interface ArmNames {
  readonly candidate: string;
  readonly stable: string;
}

/**
 * The verdict's numbers as a clause:
 * `new failed 5.1% of 412 requests, old 0.1% of 3,720; evidence 1,893 : 1 against "no worse", 100 : 1 needed`.
 */
export function describeVerdict({ evidence, threshold, counts }: Verdict, names: ArmNames): string {
  const odds = `evidence ${formatOdds(evidence)} against "no worse", ${formatOdds(threshold)} needed`;
  const { candidate, stable } = counts;
  if (candidate.requests === 0) return `${names.candidate} served no requests that were counted; ${odds}`;
  const old = stable.requests === 0 ? "served none" : `${percent(stable)} of ${whole(stable.requests)}`;
  return `${names.candidate} failed ${percent(candidate)} of ${whole(candidate.requests)} requests, ${names.stable} ${old}; ${odds}`;
}

/** Odds to 1 as people read them: `0.4 : 1`, `1,893 : 1`, and no digits beyond a million. */
export function formatOdds(odds: number): string {
  if (odds > 1e6) return "over 1,000,000 : 1";
  // Rounded down, so that evidence short of its threshold never reads as if it had reached it.
  const shown = odds >= 10 ? Math.floor(odds + 1e-9) : Math.floor(odds * 10 + 1e-9) / 10;
  return `${whole(shown)} : 1`;
}

function percent({ requests, bad }: Counts): string {
  return `${((100 * bad) / requests).toFixed(1)}%`;
}

const whole = (value: number): string => value.toLocaleString("en-US");
