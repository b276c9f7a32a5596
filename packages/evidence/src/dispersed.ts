import * as z from "zod";
import type { ArmCounts } from "./counts.ts";
import { dispersedLikelihood } from "./dispersed-likelihood.ts";
import { bounded, MOST_LOG, weightedMean } from "./mixture.ts";
import type { RegressionPlan } from "./regression.ts";
import { startMass } from "./start-prior.ts";

/** What the dispersed evidence bets on: a regression whose noise has a spread of at most `spread`. */
export interface DispersedPlan extends Pick<RegressionPlan, "ratio" | "alternatives" | "start"> {
  readonly spread: number;
  /** Below 1 it weakens every likelihood to that power. */
  readonly temper?: number;
}

/**
 * How far the dispersed evidence has come. Outer arrays run parallel to the admissible spreads, inner ones to the plan's
 * alternatives. All are relative to the best explanation without a regression, so they stay of moderate size.
 */
export const DispersedState = z.object({
  version: z.literal(1),
  minutes: z.int().nonnegative(),
  unspent: z.number().min(0).max(1),
  wealth: z.array(z.array(z.number().nonnegative())),
  none: z.array(z.number().nonnegative()),
});
export type DispersedState = z.infer<typeof DispersedState>;

const SPREADS = [0, 0.25, 0.5, 0.75, 1, 1.4];

/** The state before any minute. */
export function startDispersed(plan: DispersedPlan): DispersedState {
  const spreads = admissible(plan.spread);
  return {
    version: 1,
    minutes: 0,
    unspent: 1,
    wealth: spreads.map(() => plan.alternatives.map(() => 0)),
    none: spreads.map(() => 1),
  };
}

/** The state after one more minute. */
export function disperse(plan: DispersedPlan, state: DispersedState, counts: ArmCounts): DispersedState {
  const mass = Math.min(startMass(plan.start, state.minutes), state.unspent);
  const spreads = admissible(plan.spread);
  const temper = plan.temper ?? 1;
  const ratios = plan.alternatives.map(({ times }) => Math.log(plan.ratio * times));
  const log = (ratio: number, spread: number) => temper * dispersedLikelihood(counts, ratio, spread);
  const equal = Math.log(plan.ratio);
  const none = spreads.map((spread, t) => Math.log(state.none[t] ?? 0) + log(equal, spread));
  const best = Math.max(...none);
  return {
    version: 1,
    minutes: state.minutes + 1,
    unspent: Math.max(0, state.unspent - mass),
    wealth: spreads.map((spread, t) =>
      ratios.map((ratio, k) => {
        const staked = (state.wealth[t]?.[k] ?? 0) + mass * (state.none[t] ?? 0);
        const before = Math.log(staked) - best + log(ratio, spread);
        return bounded(Math.exp(Math.min(MOST_LOG, before)));
      }),
    ),
    none: none.map((value) => bounded(Math.exp(value - best))),
  };
}

/**
 * The evidence as odds to 1: every spread and alternative bet on, over the best that the admissible spreads can say without a
 * regression (universal inference: Wasserman, Ramdas, Balakrishnan 2020). Half of the bets are on no spread at all.
 */
export function evidenceBeyondNoise(plan: DispersedPlan, { wealth, none, unspent }: DispersedState): number {
  const best = Math.max(...none);
  const bySpread = wealth.map(
    (values, t) => (weightedMean(values, plan.alternatives) + unspent * (none[t] ?? 0)) / best,
  );
  const [without = 0, ...others] = bySpread;
  if (others.length === 0) return bounded(without);
  return bounded(without / 2 + others.reduce((sum, value) => sum + value, 0) / (2 * others.length));
}

const admissible = (most: number) => SPREADS.filter((spread) => spread <= most + 1e-9);
