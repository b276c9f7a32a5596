/** Odds to 1 as people read them: `0.4 : 1`, `1,893 : 1`, and no digits beyond a million. */
export function formatOdds(odds: number): string {
  if (odds > 1e6) return "over 1,000,000 : 1";
  // Rounded down, so that evidence short of its threshold never reads as if it had reached it.
  const shown = odds >= 10 ? Math.floor(odds + 1e-9) : Math.floor(odds * 10 + 1e-9) / 10;
  return `${shown.toLocaleString("en-US")} : 1`;
}
