import type { Instant } from "../instant.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { afterAnswer } from "../steps/after-answer.ts";
import { ask } from "../steps/ask.ts";
import { moveRamp } from "./move-ramp.ts";

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
