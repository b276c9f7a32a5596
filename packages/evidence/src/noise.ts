import * as z from "zod";
import type { Counts } from "./counts.ts";
import { dispersionOf, NEGLIGIBLE_EXCESS, spreadOf } from "./dispersion.ts";

/** What a noisy metric's evidence allows for. */
export const Noise = z.object({
  /** The largest spread of log-odds between the arms that is no regression. */
  spread: z.number().positive(),
  /** The power that bets are weakened to, 1/persistence: bursts that last for minutes are that much less news. */
  temper: z.number().gt(0).max(1),
});
export type Noise = z.infer<typeof Noise>;

/** The minutes of history with traffic that clear a metric of bursts; with 60, some bursty histories pass for calm. */
export const ENOUGH_HISTORY = 240;

// Bursts of up to this spread are allowed for where no history speaks: more would make every strong fault look like one.
const UNKNOWN_SPREAD = 1;

/**
 * The noise that a stable arm's history shows in one metric; null if it is as calm as chance. A history of fewer minutes
 * with traffic than ENOUGH_HISTORY cannot clear itself: what it does not exclude counts as shown.
 */
export function noiseOf(history: readonly Counts[]): Noise | null {
  const { spread, possible, persistence } = dispersionOf(history);
  const temper = 1 / persistence;
  if (spread > 0) return { spread, temper };
  const served = history.filter(({ requests }) => requests > 0).length;
  if (served >= ENOUGH_HISTORY || possible <= NEGLIGIBLE_EXCESS) return null;
  return { spread: Math.min(UNKNOWN_SPREAD, spreadOf(possible)), temper };
}
