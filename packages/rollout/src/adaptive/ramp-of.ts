import type { RolloutPlan } from "../plan/rollout-plan.ts";
import type { Admitted } from "../rollout.ts";
import type { RampStep } from "./ramp.ts";
import type { RampPlan } from "./ramp-plan.ts";

/** A ramp, as it was planned and as it stands. */
export interface Ramp {
  readonly plan: RampPlan;
  readonly step: RampStep;
}

/** An adaptive rollout's ramp, planned and as it stands; null for another, and before it is planned. */
export function rampOf(judging: Admitted["judging"]): Ramp | null {
  if (judging === null || judging.plan.ramp === null || judging.ramp === null) return null;
  return { plan: judging.plan.ramp, step: judging.ramp };
}

/** The steps of an adaptive rollout: the first share, the ramp's, and the hold-back if there is one. */
export function rampSteps(ramp: NonNullable<RolloutPlan["ramp"]>): number {
  return 1 + ramp.steps.length + (ramp.holdBack === null ? 0 : 1);
}

/** The step that it is on, counted from 0. */
export function stepIn({ plan, step }: Ramp): number {
  const { phase, level } = step.state;
  return phase === "holding-back" ? plan.steps.length + 1 : level + 1;
}
