import type { Instant } from "../instant.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { afterHook } from "./after-answer.ts";
import { pass } from "./after-bake.ts";

/** Goes on without what a step has waited for too long: a hook's answer, or an approval. */
export function passBy(rollout: Admitted, reason: string, at: Instant): readonly RolloutEvent[] {
  const { phase, request } = rollout;
  if (phase.type === "asking") return afterHook(rollout, phase, at, reason);
  if (phase.type !== "approving" || request.strategy.type === "adaptive") return [];
  return pass(rollout, request.strategy, phase.step, at, reason);
}
