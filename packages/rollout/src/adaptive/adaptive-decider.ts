import {
  type ComparedMinute,
  type ComparisonState,
  findings,
  fold,
  noCounts,
  type PastMinute,
  startComparison,
} from "@espalier/evidence";
import { type AdaptivePlan, planAdaptive } from "./adaptive-plan.ts";
import type { AdaptiveStrategy } from "./adaptive-strategy.ts";
import { type RampStep, ramp } from "./ramp.ts";
import { type RampState, startRamp } from "./ramp-plan.ts";

/** What a rollout asks of the adaptive strategy. `alpha` is the chance allowed of ever rolling back a healthy candidate. */
export interface AdaptiveRequest {
  readonly strategy: AdaptiveStrategy;
  readonly alpha: number;
}

/** What a tick leads to. */
export interface AdaptiveStep {
  /** The candidate's share from now on, from 0 to 1. */
  readonly share: number;
  /** `promoted` from the promotion on; while the hold-back lasts, `rolled-back` may still follow. */
  readonly decision: "go on" | "rolled-back" | "promoted";
  /** Whether the candidate has everything for good: the hold-back is over, or there is none. */
  readonly full: boolean;
}

/** A rollout's adaptive decisions without a workflow around them. */
export interface AdaptiveDecider {
  /** The candidate's share before the first tick, from 0 to 1. */
  readonly firstShare: number;
  /** The end of a minute, with the minutes that were closed since the last tick. A minute seen before changes nothing. */
  tick(minutes: readonly ComparedMinute[]): AdaptiveStep;
}

/** Decides as a rollout's workflow does, given the stable arm's minutes before it (a missing one is left out). */
export function adaptiveDecider(request: AdaptiveRequest, history: readonly PastMinute[]): AdaptiveDecider {
  const plan = planAdaptive(request, history);
  let state = startAdaptive(plan, 0);
  return {
    firstShare: plan.ramp.firstShare,
    tick(minutes) {
      const seen = {
        ...state,
        comparison: minutes.reduce((s, m) => fold(plan.comparison, s, m), state.comparison),
      };
      const step = adapt(plan, seen, state.ramp.now + 1);
      state = { ...seen, ramp: step.state };
      return stepOf(step);
    },
  };
}

/** How far an adaptive rollout has come. */
export interface AdaptiveState {
  readonly comparison: ComparisonState;
  readonly ramp: RampState;
}

/** Before the first shift, which is made in minute `now`. */
export function startAdaptive(plan: AdaptivePlan, now: number): AdaptiveState {
  return { comparison: startComparison(plan.comparison), ramp: startRamp(now) };
}

/** One look in minute `now`, at the minutes folded so far. */
export function adapt(plan: AdaptivePlan, { comparison, ramp: state }: AdaptiveState, now: number): RampStep {
  const counts = comparison.metrics[0]?.counts ?? noCounts;
  return ramp(plan.ramp, state, { ...findings(plan.comparison, comparison), counts }, now);
}

function stepOf({ state: { phase }, share }: RampStep): AdaptiveStep {
  const decision = phase === "rolled-back" ? phase : phase === "ramping" ? "go on" : "promoted";
  return { share, decision, full: phase === "done" };
}
