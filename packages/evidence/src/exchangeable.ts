import type { ArmCounts } from "./counts.ts";
import { type Mixture, stake } from "./mixture.ts";
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

/** The evidence after one more minute. `temper` below 1 weakens each factor to that power, which keeps its guarantee. */
export function betOnExchange(
  { ratio, start, temper = 1 }: { ratio: number; start: StartPrior; temper?: number },
  state: Mixture,
  counts: ArmCounts,
): Mixture {
  const factors = exchangeableFactors(ratio, counts);
  return stake(start, state, temper === 1 ? factors : factors.map((factor) => factor ** temper));
}
