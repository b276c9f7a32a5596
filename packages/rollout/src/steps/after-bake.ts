import { fromMillis, type Instant, toMillis } from "../instant.ts";
import { reasonFor } from "../reasons.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { approvalLimits } from "../strategy/step.ts";
import { type SteppedStrategy, stepsOf } from "../strategy/steps-of.ts";
import { ask } from "./ask.ts";
import { idleNote } from "./idle-note.ts";
import { isCertified } from "./is-baked.ts";

/** What a step wants after its bake: first its certificate. */
export function afterBake(rollout: Admitted, strategy: SteppedStrategy, step: number, at: Instant) {
  if (stepsOf(strategy)[step]?.certificate !== true || isCertified(rollout, step))
    return afterCertificate(rollout, strategy, step, at);
  const reason = reasonFor(`step ${step + 1} awaits its certificate`, rollout, at);
  return [{ type: "certificate-awaited" as const, at, step, reason }];
}

/** Then the word of its hooks. */
export function afterCertificate(rollout: Admitted, strategy: SteppedStrategy, step: number, at: Instant) {
  return ask(rollout, { point: "step", step, index: 0 }, at) ?? afterHooks(rollout, strategy, step, at);
}

/** And at last somebody's approval. */
export function afterHooks(
  rollout: Admitted,
  strategy: SteppedStrategy,
  step: number,
  at: Instant,
  because?: string,
): readonly RolloutEvent[] {
  const approval = stepsOf(strategy)[step]?.approval;
  if (approval === undefined) return pass(rollout, strategy, step, at, because);
  const { withinMinutes, otherwise } = approvalLimits(approval);
  const until = fromMillis(toMillis(at) + withinMinutes * 60_000);
  const reason = reasonFor(`step ${step + 1} awaits approval`, rollout, at, because);
  return [{ type: "approval-awaited", at, step, until, otherwise, reason }];
}

/** The step has passed; `because` says so where something did not come. */
export function pass(
  rollout: Admitted,
  strategy: SteppedStrategy,
  step: number,
  at: Instant,
  because = idleNote(rollout),
): readonly RolloutEvent[] {
  const done = `step ${step + 1} of ${stepsOf(strategy).length} passed`;
  const note = because === undefined ? {} : { note: because };
  return [{ type: "step-passed", at, step, reason: reasonFor(done, rollout, at, because), ...note }];
}
