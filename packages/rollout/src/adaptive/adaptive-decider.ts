import { type ComparedMinute, type Findings, findings, type PastMinute } from "@espalier/evidence";
import type { Known } from "../plan/plan-comparison.ts";
import { type AdaptiveRequest, planAdaptive } from "./adaptive-plan.ts";
import { adapt, compare, startJudging } from "./adaptive-progress.ts";
import type { RampStep } from "./ramp.ts";
import { startRamp } from "./ramp-plan.ts";

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
  /** What the minutes compared so far come to. */
  findings(): Findings;
}

/**
 * Decides as a rollout's workflow does, given the stable arm's minutes before it (a missing one is left out). All metrics asked for
 * are measured unless said otherwise.
 */
export function adaptiveDecider(
  request: AdaptiveRequest,
  history: readonly PastMinute[],
  known?: Known,
): AdaptiveDecider {
  const plan = planAdaptive(request, history, known);
  const { firstShare } = plan.ramp;
  let judging = startJudging(plan, 0);
  let step: RampStep = { state: startRamp(0), share: firstShare, decision: "go on" };
  return {
    firstShare,
    tick(minutes) {
      judging = compare(judging, minutes);
      step = adapt(plan.ramp, plan.comparison, judging.comparison, step, step.state.now + 1);
      return stepOf(step);
    },
    findings: () => findings(plan.comparison, judging.comparison),
  };
}

function stepOf({ state: { phase }, share }: RampStep): AdaptiveStep {
  const decision = phase === "rolled-back" ? phase : phase === "ramping" ? "go on" : "promoted";
  return { share, decision, full: phase === "done" };
}
