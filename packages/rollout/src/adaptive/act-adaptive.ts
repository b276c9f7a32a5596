import type { Instant } from "../instant.ts";
import { reasonFor } from "../reasons.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { weightOfShare } from "../weight.ts";

/** What an adaptive rollout that is not found worse does at a look: whatever share its ramp has come to, or promotion. */
export function actAdaptive(rollout: Admitted, at: Instant): RolloutEvent[] {
  const { adaptive, phase, written } = rollout;
  if (adaptive === null || (phase.type !== "starting" && phase.type !== "baking")) return [];
  const { share, decision } = adaptive.progress.step;
  if (decision === "finish") {
    return [{ type: "promotion-decided", at, reason: reasonFor("promoted", rollout, at) }];
  }
  const to = weightOfShare(share);
  if (to === written) return [];
  const step = stepIn(adaptive);
  return [{ type: "shift-decided", at, to, step, reason: reasonToShift(rollout, adaptive, to, at) }];
}

/** The steps of an adaptive rollout: the first share, the ramp's, and the hold-back if there is one. */
export function stepsOf({ ramp }: NonNullable<Admitted["adaptive"]>["plan"]): number {
  return 1 + ramp.steps.length + (ramp.holdBack === null ? 0 : 1);
}

/** The step that it is on, counted from 0. */
function stepIn({ plan, progress }: NonNullable<Admitted["adaptive"]>): number {
  const { phase, level } = progress.step.state;
  return phase === "holding-back" ? plan.ramp.steps.length + 1 : level + 1;
}

function reasonToShift(
  rollout: Admitted,
  adaptive: NonNullable<Admitted["adaptive"]>,
  to: number,
  at: Instant,
): string {
  const { plan, progress } = adaptive;
  const { holdBack } = plan.ramp;
  const onwards = to > (rollout.written ?? 0);
  if (progress.step.state.phase === "holding-back" && holdBack !== null) {
    const back = `${(100 * holdBack.share).toFixed(0)}% stay on ${rollout.stable.name} for ${holdBack.minutes} min`;
    if (onwards) return reasonFor("good enough", rollout, at, `shifting to ${to}%, ${back} to be compared`);
    return reasonFor("in doubt", rollout, at, `shifting back to ${to}%`);
  }
  if (!onwards) return reasonFor("in doubt", rollout, at, `shifting back to ${to}%`);
  return `shifting to ${to}%, step ${stepIn(adaptive) + 1} of ${stepsOf(plan)}`;
}
