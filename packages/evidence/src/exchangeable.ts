import * as z from "zod";
import type { ArmCounts } from "./counts.ts";
import { bounded, Mixture, stake, startMixture } from "./mixture.ts";
import type { StartPrior } from "./start-prior.ts";
import { thinnedDifferences } from "./thinned.ts";

/** The bets of the exchangeable evidence: s, the odds that one more bad request on the candidate is bet to change. */
export const exchangeableBets = [1.03, 1.1, 1.25, 1.6, 2.5, 5] as const;

// Beyond this the hyperbolic tangent is 1 to the last digit.
const SATURATED = 20;

/** What each bet wins by a whole difference, from 0 to where it is 1: some two thousand numbers, asked for in every minute. */
const WINNINGS = exchangeableBets.map((s) => {
  const slope = Math.log(s) / 2;
  return Float64Array.from({ length: Math.ceil(SATURATED / slope) }, (_, k) => Math.tanh(k * slope));
});

/**
 * One minute's e-value for each bet s: 1 + E[tanh((x - y) ln(s) / 2)], where (x, y) are the arms' bad requests with the larger
 * arm thinned to the other's size. If that pair is exchangeable given the past, whatever the law of the bursts, x - y is as
 * likely as y - x and the expectation is 1. A minute with an idle arm, or with nothing bad, is worth nothing.
 */
export function exchangeableFactors(ratio: number, counts: ArmCounts): number[] {
  const { candidate, stable } = counts;
  if (candidate.requests === 0 || stable.requests === 0 || candidate.bad + stable.bad === 0) {
    return exchangeableBets.map(() => 1);
  }
  const differences = thinnedDifferences(ratio, counts);
  return WINNINGS.map((winnings) => {
    let mean = 0;
    for (const [difference, chance] of differences) {
      mean += chance * Math.sign(difference) * (winnings[Math.abs(difference)] ?? 1);
    }
    // Rounding may take a hopeless bet a hair below nil.
    return Math.max(0, 1 + mean);
  });
}

/** What the exchangeable evidence bets on. `temper` below 1 weakens each factor to that power, which keeps its guarantee. */
export interface ExchangeablePlan {
  readonly ratio: number;
  readonly start: StartPrior;
  readonly temper?: number;
}

/** How far the exchangeable evidence has come. `suspicion` are its bets' CUSUMs, which guarantee nothing. */
export const ExchangeableState = z.object({ ...Mixture.shape, suspicion: z.array(z.number().nonnegative()) });
export type ExchangeableState = z.infer<typeof ExchangeableState>;

/** The state before any minute. */
export const startExchange = (): ExchangeableState => ({
  ...startMixture(exchangeableBets.length),
  suspicion: exchangeableBets.map(() => 1),
});

/** The state after one more minute. */
export function betOnExchange(
  { ratio, start, temper = 1 }: ExchangeablePlan,
  state: ExchangeableState,
  counts: ArmCounts,
): ExchangeableState {
  const whole = exchangeableFactors(ratio, counts);
  const factors = temper === 1 ? whole : whole.map((factor) => factor ** temper);
  const suspicion = factors.map((factor, k) => bounded(Math.max(1, state.suspicion[k] ?? 1) * factor));
  return { ...stake(start, state, factors), suspicion };
}
