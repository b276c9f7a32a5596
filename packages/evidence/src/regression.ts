import * as z from "zod";
import type { ArmCounts } from "./counts.ts";
import { bounded, evidenceOf, Mixture, MOST_LOG, stake, startMixture, weightedMean } from "./mixture.ts";
import { logPoissonBet } from "./poisson-bet.ts";
import { StartPrior } from "./start-prior.ts";

/** The alternatives bet on: how many times the line of "no worse", and the relative weight of that bet. */
export const Alternatives = z
  .array(z.object({ times: z.number().gt(1), weight: z.number().positive() }))
  .min(1);
export type Alternatives = z.infer<typeof Alternatives>;

/** What a regression test bets on. It is fixed before the first count arrives; changing it later voids the guarantee. */
export const RegressionPlan = z.object({
  /** A candidate is no worse while its rate is at most `ratio` times the stable one's, plus `slack`. */
  ratio: z.number().positive(),
  slack: z.number().nonnegative(),
  alternatives: Alternatives,
  start: StartPrior,
});
export type RegressionPlan = z.infer<typeof RegressionPlan>;

/** How far a regression test has come. Arrays run parallel to the plan's alternatives. */
export const RegressionState = z.object({
  version: z.literal(1),
  ...Mixture.shape,
  /** Each bet's CUSUM. It guarantees nothing and never rolls back; it tells a ramp when to be careful. */
  suspicion: z.array(z.number().nonnegative()),
  /** In which minute, counted from 0, each CUSUM last began to grow. */
  since: z.array(z.int().nonnegative()),
});
export type RegressionState = z.infer<typeof RegressionState>;

/** The plan for errors (5xx): fixed here so that rollouts of one release bet alike; each history records the plan it used. */
export const errorRegression: RegressionPlan = {
  ratio: 1.1,
  slack: 0.001,
  alternatives: [
    { times: 1.4, weight: 1.5 },
    { times: 2, weight: 2 },
    { times: 3, weight: 2 },
    { times: 5, weight: 1.5 },
    { times: 10, weight: 1.5 },
    { times: 30, weight: 1 },
  ],
  start: { first: 0.8, horizon: 60 },
};

/** The state before any minute. */
export function startRegression(plan: RegressionPlan): RegressionState {
  return {
    version: 1,
    ...startMixture(plan.alternatives.length),
    suspicion: plan.alternatives.map(() => 1),
    since: plan.alternatives.map(() => 0),
  };
}

/** The state after one more minute: call it once for every closed minute, in order, with nil counts for a missing one. */
export function regress(plan: RegressionPlan, state: RegressionState, counts: ArmCounts): RegressionState {
  const bets = plan.alternatives.map(({ times }) =>
    Math.exp(Math.min(MOST_LOG, logPoissonBet({ ratio: plan.ratio, slack: plan.slack }, times, counts))),
  );
  const before = (k: number) => state.suspicion[k] ?? 1;
  return {
    version: 1,
    ...stake(plan.start, state, bets),
    suspicion: bets.map((bet, k) => bounded(Math.max(before(k), 1) * bet)),
    since: bets.map((_, k) => (before(k) > 1 ? (state.since[k] ?? 0) : state.minutes)),
  };
}

/**
 * The evidence against "no worse", as odds to 1. The chance that it ever reaches 1/alpha for a candidate that is no worse
 * is at most alpha (Ville's inequality), however often it is looked at.
 */
export function evidenceAgainst(plan: RegressionPlan, state: RegressionState): number {
  return evidenceOf(state, plan.alternatives);
}

/** The weighted mean of the bets' CUSUMs: how suspicious the latest minutes are, without a guarantee. */
export function suspicionOf(plan: RegressionPlan, state: RegressionState): number {
  return weightedMean(state.suspicion, plan.alternatives);
}

/** In which minute, counted from 0, what now looks suspicious began: the restart of the CUSUM that has grown most. */
export function suspectStart(plan: RegressionPlan, state: RegressionState): number {
  let [most, start] = [-1, 0];
  for (const [k, value] of state.suspicion.entries()) {
    const weighted = value * (plan.alternatives[k]?.weight ?? 0);
    if (weighted > most) [most, start] = [weighted, state.since[k] ?? 0];
  }
  return start;
}
