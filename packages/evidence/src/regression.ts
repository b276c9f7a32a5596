import * as z from "zod";
import type { ArmCounts } from "./counts.ts";
import { logPoissonBet } from "./poisson-bet.ts";
import { StartPrior, startMass } from "./start-prior.ts";

/** What a regression test bets on. It is fixed before the first count arrives; changing it later voids the guarantee. */
export const RegressionPlan = z.object({
  /** A candidate is no worse while its rate is at most `ratio` times the stable one's, plus `slack`. */
  ratio: z.number().positive(),
  slack: z.number().nonnegative(),
  /** The alternatives bet on: how many times the line, and the relative weight of that bet. */
  alternatives: z.array(z.object({ times: z.number().gt(1), weight: z.number().positive() })).min(1),
  start: StartPrior,
});
export type RegressionPlan = z.infer<typeof RegressionPlan>;

/** How far a regression test has come. Arrays run parallel to the plan's alternatives. */
export const RegressionState = z.object({
  version: z.literal(1),
  minutes: z.int().nonnegative(),
  /** Prior mass not yet spent on a start minute. */
  unspent: z.number().min(0).max(1),
  wealth: z.array(z.number().nonnegative()),
  /** Each bet's CUSUM. It guarantees nothing and never rolls back; it tells a ramp when to be careful. */
  suspicion: z.array(z.number().nonnegative()),
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

// Far beyond any threshold, and far from the largest number, so that a long outage cannot overflow the state.
const MOST = 1e30;

// DynamoDB keeps no positive number below 1e-130.
const LEAST = 1e-100;

/** The state before any minute. */
export function startRegression(plan: RegressionPlan): RegressionState {
  return {
    version: 1,
    minutes: 0,
    unspent: 1,
    wealth: plan.alternatives.map(() => 0),
    suspicion: plan.alternatives.map(() => 1),
  };
}

/** The state after one more minute: call it once for every closed minute, in order, with nil counts for a missing one. */
export function regress(plan: RegressionPlan, state: RegressionState, counts: ArmCounts): RegressionState {
  const mass = startMass(plan.start, state.minutes);
  const bets = plan.alternatives.map(({ times }) =>
    Math.exp(Math.min(60, logPoissonBet({ ratio: plan.ratio, slack: plan.slack }, times, counts))),
  );
  return {
    version: 1,
    minutes: state.minutes + 1,
    unspent: Math.max(0, state.unspent - mass),
    wealth: bets.map((bet, k) => Math.min(MOST, ((state.wealth[k] ?? 0) + mass) * bet)),
    suspicion: bets.map((bet, k) => Math.min(MOST, Math.max(state.suspicion[k] ?? 1, 1) * bet)),
  };
}

/**
 * The evidence against "no worse", as odds to 1. The chance that it ever reaches 1/alpha for a candidate that is no worse
 * is at most alpha (Ville's inequality), however often it is looked at.
 */
export function evidenceAgainst(plan: RegressionPlan, state: RegressionState): number {
  const evidence = weightedMean(plan, state.wealth) + state.unspent;
  return evidence < LEAST ? 0 : evidence;
}

/** The weighted mean of the bets' CUSUMs: how suspicious the latest minutes are, without a guarantee. */
export function suspicionOf(plan: RegressionPlan, state: RegressionState): number {
  return weightedMean(plan, state.suspicion);
}

function weightedMean(plan: RegressionPlan, values: readonly number[]): number {
  const weights = plan.alternatives.map(({ weight }) => weight);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.reduce((sum, weight, k) => sum + weight * (values[k] ?? 0), 0) / total;
}
