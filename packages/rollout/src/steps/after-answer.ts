import type { Instant } from "../instant.ts";
import { reasonFor } from "../reasons.ts";
import type { Admitted, Asking } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { actAfterHooks } from "./act-after-hooks.ts";
import { ask, callAgain } from "./ask.ts";
import { hookName, hooksAt } from "./hooks-at.ts";

/** What a hook's answer leads to: the next hook or going on, another call after a while, or rolling back. */
export function afterAnswer(rollout: Admitted, asking: Asking, at: Instant): readonly RolloutEvent[] {
  const { answered, point, step, index } = asking;
  if (answered === null) return [];
  if (answered.answer === "wait") return callAgain(rollout, asking, at);
  if (answered.answer === "go") return afterHook(rollout, asking, at);
  const hook = hooksAt(rollout.request, point, step)[index];
  const because = `the hook ${hook === undefined ? "" : hookName(hook)} said stop, "${answered.reason}"`;
  return [{ type: "roll-back-decided", at, reason: reasonFor("rolled back", rollout, at, because) }];
}

/** Asks the next hook of the same point, or goes on if there is none; `because` says so where one did not answer. */
export function afterHook(
  rollout: Admitted,
  { point, step, index }: Asking,
  at: Instant,
  because?: string,
): readonly RolloutEvent[] {
  return (
    ask(rollout, { point, step, index: index + 1 }, at) ??
    actAfterHooks(rollout, { point, step }, at, because)
  );
}
