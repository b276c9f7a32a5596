import * as z from "zod";
import type { ArmCounts, Counts } from "./counts.ts";
import { bounded, evidenceOf, Mixture, stake, startMixture, weightedMean } from "./mixture.ts";
import { Alternatives } from "./regression.ts";
import { StartPrior } from "./start-prior.ts";

/** The user's own objective: the largest share of bad requests that is still good enough, whatever the stable arm does. */
export const ObjectivePlan = z.object({
  rate: z.number().gt(0).lt(1),
  alternatives: Alternatives,
  start: StartPrior,
});
export type ObjectivePlan = z.infer<typeof ObjectivePlan>;

/** How far the test of an objective has come. `stable` are the CUSUMs of the stable arm against the same objective. */
export const ObjectiveState = z.object({
  version: z.literal(1),
  ...Mixture.shape,
  stable: z.array(z.number().nonnegative()),
});
export type ObjectiveState = z.infer<typeof ObjectiveState>;

/** The state before any minute. */
export function startObjective({ alternatives }: ObjectivePlan): ObjectiveState {
  return { version: 1, ...startMixture(alternatives.length), stable: alternatives.map(() => 1) };
}

/** The state after one more minute. It needs no traffic on the stable arm. */
export function holdAgainst(plan: ObjectivePlan, state: ObjectiveState, minute: ArmCounts): ObjectiveState {
  const bets = (counts: Counts) => plan.alternatives.map(({ times }) => bet(plan.rate, times, counts));
  return {
    version: 1,
    ...stake(plan.start, state, bets(minute.candidate)),
    stable: bets(minute.stable).map((factor, k) => bounded(Math.max(1, state.stable[k] ?? 1) * factor)),
  };
}

/** The evidence against "the candidate's rate is at most the objective's", as odds to 1. */
export function evidenceAgainstObjective(plan: ObjectivePlan, state: ObjectiveState): number {
  return evidenceOf(
    state,
    plan.alternatives.map(({ weight }) => weight),
  );
}

// The same suspicion that keeps a ramp from stepping up.
const VIOLATED = 3;

/** Whether the stable arm seems to violate the objective too, so that missing it is no fault of the candidate. */
export function stableViolates(plan: ObjectivePlan, state: ObjectiveState): boolean {
  const weights = plan.alternatives.map(({ weight }) => weight);
  return weightedMean(state.stable, weights) >= VIOLATED;
}

/** One minute's e-value, betting on `times` the objective: times^X * exp(-n * rate * (times - 1)). */
function bet(rate: number, times: number, { requests, bad }: Counts): number {
  return Math.exp(Math.min(60, bad * Math.log(times) - requests * rate * (times - 1)));
}
