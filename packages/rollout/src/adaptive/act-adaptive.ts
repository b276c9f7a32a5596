import { growthHeld } from "../gates/growth.ts";
import type { Instant } from "../instant.ts";
import type { RolloutPlan } from "../plan/rollout-plan.ts";
import { presentWeight, reasonFor } from "../reasons.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { afterAnswer } from "../steps/after-answer.ts";
import { ask } from "../steps/ask.ts";
import { weightOfShare } from "../weight.ts";
import type { RampStep } from "./ramp.ts";
import type { RampPlan } from "./ramp-plan.ts";

/** What an adaptive rollout that is not found worse does at a look: whatever share its ramp has come to, or promotion. */
export function actAdaptive(rollout: Admitted, at: Instant): readonly RolloutEvent[] {
  const { phase, judging } = rollout;
  switch (phase.type) {
    case "starting":
      return ask(rollout, { point: "start", step: 0, index: 0 }, at) ?? moveRamp(rollout, at);
    case "asking":
      return afterAnswer(rollout, phase, at);
    case "baking": {
      const finishes = judging?.ramp?.decision === "finish";
      const hooks = finishes ? ask(rollout, { point: "end", step: 0, index: 0 }, at) : undefined;
      return hooks ?? moveRamp(rollout, at);
    }
    default:
      return [];
  }
}

/** The same once the hooks have been asked. */
export function moveRamp(rollout: Admitted, at: Instant): readonly RolloutEvent[] {
  const { judging, written } = rollout;
  const ramp = rampOf(judging);
  if (ramp === null) return [];
  const { share, decision } = ramp.step;
  const finishes = decision === "finish";
  const to = weightOfShare(finishes ? 1 : share);
  if (to > presentWeight(rollout) && growthHeld(rollout, at) !== undefined) return [];
  if (finishes) return [{ type: "promotion-decided", at, reason: reasonFor("promoted", rollout, at) }];
  if (to === written) return [];
  const reason = reasonToShift(rollout, ramp, to, at);
  return [{ type: "shift-decided", at, to, match: null, step: stepIn(ramp), reason }];
}

interface Ramp {
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
function stepIn({ plan, step }: Ramp): number {
  const { phase, level } = step.state;
  return phase === "holding-back" ? plan.steps.length + 1 : level + 1;
}

function reasonToShift(rollout: Admitted, ramp: Ramp, to: number, at: Instant): string {
  const { holdBack } = ramp.plan;
  const onwards = to > (rollout.written ?? 0);
  if (ramp.step.state.phase === "holding-back" && holdBack !== null) {
    const back = `${(100 * holdBack.share).toFixed(0)}% stay on ${rollout.stable.name} for ${holdBack.minutes} min`;
    if (onwards) return reasonFor("good enough", rollout, at, `shifting to ${to}%, ${back} to be compared`);
    return reasonFor("in doubt", rollout, at, `shifting back to ${to}%`);
  }
  if (!onwards) return reasonFor("in doubt", rollout, at, `shifting back to ${to}%`);
  return `shifting to ${to}%, step ${stepIn(ramp) + 1} of ${rampSteps(ramp.plan)}`;
}
