import * as z from "zod";
import type { Counts } from "./counts.ts";

/** How far a history's bad requests scatter beyond chance, minute by minute. */
export const Dispersion = z.object({
  /** The sum of squares beyond what Poisson counts would have, and its standard error if they were Poisson. */
  variance: z.number(),
  standardError: z.number(),
  /** The squared coefficient of variation of the rate: what of the scatter is not chance. */
  excess: z.number(),
  /** The largest excess that the history does not exclude, at two standard errors. */
  possible: z.number(),
  /** The largest spread of log-odds to allow for; 0 if the history is no burstier than chance. */
  spread: z.number().min(0),
  /** How many minutes a burst is worth: the sum of the rate's autocorrelations over all lags, 1 if they forget at once. */
  persistence: z.number().min(1),
});
export type Dispersion = z.infer<typeof Dispersion>;

const LARGEST_SPREAD = 1.4;

/** An excess up to this is as good as none: bets lose less by it than by allowing for it. */
export const NEGLIGIBLE_EXCESS = 0.01;

// Bursts need not be lognormal, and their size is only estimated.
const INFLATION = 1.2;

/**
 * Pearson's test of over-dispersion on the stable arm's minutes: v = sum((x - m)^2 - m) against twice its standard error
 * sqrt(sum(2 m^2 + m)), where m is what the mean rate expects; excess = v / sum(m^2).
 */
export function dispersionOf(history: readonly Counts[]): Dispersion {
  const residuals = residualsOf(history);
  const squares = sum(residuals, ({ mean }) => mean * mean);
  const variance = sum(residuals, ({ off, mean }) => off * off - mean);
  const standardError = Math.sqrt(sum(residuals, ({ mean }) => 2 * mean * mean + mean));
  const excess = squares > 0 ? variance / squares : 0;
  const shown = variance > 2 * standardError && excess > NEGLIGIBLE_EXCESS;
  const spread = shown ? spreadOf(excess) : 0;
  const possible = squares > 0 ? (variance + 2 * standardError) / squares : Number.POSITIVE_INFINITY;
  return {
    variance,
    standardError,
    excess,
    possible,
    spread,
    persistence: shown ? persistenceOf(residuals) : 1,
  };
}

/** The standard deviation of a lognormal rate with this squared coefficient of variation, with a margin, as log-odds. */
export function spreadOf(excess: number): number {
  return Math.min(LARGEST_SPREAD, Math.sqrt(2 * Math.log1p(INFLATION * Math.max(0, excess))));
}

interface Residual {
  readonly off: number;
  readonly mean: number;
}

function residualsOf(history: readonly Counts[]): Residual[] {
  const requests = sum(history, (minute) => minute.requests);
  const rate = requests > 0 ? sum(history, (minute) => minute.bad) / requests : 0;
  return history.map((minute) => ({
    off: minute.bad - minute.requests * rate,
    mean: minute.requests * rate,
  }));
}

const LONGEST_LAG = 60;
const LARGEST_PERSISTENCE = 40;

/**
 * 1 + 2 * the autocorrelations of the rate, lag by lag until one is within two standard errors of nil. Chance itself has none,
 * so the products of neighbouring residuals need no correction for it.
 */
function persistenceOf(residuals: readonly Residual[]): number {
  const variance = sum(residuals, ({ off, mean }) => off * off - mean);
  const squares = sum(residuals, ({ mean }) => mean * mean);
  let total = 1;
  for (let lag = 1; lag <= LONGEST_LAG; lag += 1) {
    const pairs = residuals.slice(lag).map((later, k) => ({ one: residuals[k] ?? later, later }));
    const products = sum(pairs, ({ one, later }) => one.off * later.off);
    const error = Math.sqrt(sum(pairs, ({ one, later }) => (one.off * later.off) ** 2));
    if (products <= 2 * error) break;
    const means = sum(pairs, ({ one, later }) => one.mean * later.mean);
    total += 2 * Math.min(1, products / means / (variance / squares));
  }
  return Math.min(LARGEST_PERSISTENCE, total);
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
