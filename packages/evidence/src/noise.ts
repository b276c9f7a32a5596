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

/** The minutes of history that clear a metric of bursts, if half of them had traffic; with 60, some bursty histories pass for calm. */
export const ENOUGH_HISTORY = 240;

/** Whether a history is long enough to clear a metric, by the requests of its minutes. Those without traffic show no bursts. */
export function isEnoughHistory(requests: readonly number[]): boolean {
  return requests.length >= ENOUGH_HISTORY && 2 * requests.filter((n) => n > 0).length >= ENOUGH_HISTORY;
}

// Bursts of up to this spread are allowed for where no history speaks: more would make every strong fault look like one.
const UNKNOWN_SPREAD = 1;

/**
 * The noise that a stable arm's history shows in one metric; null if it is as calm as chance. A history that is too
 * short, or nearly without traffic, cannot clear itself: what it does not exclude counts as shown.
 */
export function noiseOf(history: readonly Counts[]): Noise | null {
  const { spread, possible, persistence } = dispersionOf(history);
  const temper = 1 / persistence;
  if (spread > 0) return { spread, temper };
  const enough = isEnoughHistory(history.map(({ requests }) => requests));
  if (enough || possible <= NEGLIGIBLE_EXCESS) return null;
  return { spread: Math.min(UNKNOWN_SPREAD, spreadOf(possible)), temper };
}
