import type { ComparedMinute, PastMinute } from "@espalier/evidence";
import { planAdaptive } from "./adaptive-plan.ts";
import { adapt, compare, startAdaptive } from "./adaptive-progress.ts";
import type { AdaptiveStrategy } from "./adaptive-strategy.ts";
import type { RampStep } from "./ramp.ts";

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
  let progress = startAdaptive(plan, 0);
  return {
    firstShare: progress.step.share,
    tick(minutes) {
      const { now } = progress.step.state;
      progress = adapt(plan, compare(plan, progress, minutes), now + 1);
      return stepOf(progress.step);
    },
  };
}

function stepOf({ state: { phase }, share }: RampStep): AdaptiveStep {
  const decision = phase === "rolled-back" ? phase : phase === "ramping" ? "go on" : "promoted";
  return { share, decision, full: phase === "done" };
}
