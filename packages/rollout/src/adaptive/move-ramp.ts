import { growthHeld } from "../gates/growth.ts";
import type { Instant } from "../instant.ts";
import { presentWeight, reasonFor } from "../reasons.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { weightOfShare } from "../weight.ts";
import { type Ramp, rampOf, rampSteps, stepIn } from "./ramp-of.ts";

/** Brings an adaptive rollout to the share that its ramp has come to, or promotes it: its hooks have been asked. */
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
