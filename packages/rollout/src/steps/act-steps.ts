import type { Instant } from "../instant.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import type { SteppedStrategy } from "../strategy/steps-of.ts";
import { afterAnswer } from "./after-answer.ts";
import { afterBake, afterCertificate, pass } from "./after-bake.ts";
import { ask } from "./ask.ts";
import { enter } from "./enter.ts";
import { goTo } from "./go-to.ts";
import { isBaked, isCertified } from "./is-baked.ts";

/** The next thing that a rollout by steps does; nothing while it has to wait. */
export function actSteps(rollout: Admitted, strategy: SteppedStrategy, at: Instant): readonly RolloutEvent[] {
  const { phase } = rollout;
  switch (phase.type) {
    case "starting":
      return ask(rollout, { point: "start", step: 0, index: 0 }, at) ?? goTo(rollout, strategy, 0, at);
    case "entering":
      return phase.asked
        ? enter(rollout, strategy, phase.step, at, phase.note)
        : goTo(rollout, strategy, phase.step, at, phase.note);
    case "baking":
      return isBaked(rollout, strategy, phase, at) ? afterBake(rollout, strategy, phase.step, at) : [];
    case "certifying":
      return isCertified(rollout, phase.step) ? afterCertificate(rollout, strategy, phase.step, at) : [];
    case "asking":
      return afterAnswer(rollout, phase, at);
    case "passed":
      return pass(rollout, strategy, phase.step, at);
    default:
      return [];
  }
}
