import { deadlineOfHook } from "../deadlines/deadline-of.ts";
import { type Instant, toMillis } from "../instant.ts";
import type { Admitted, Asking, Phase } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { hookName, hooksAt } from "./hooks-at.ts";

/** How long a hook that said wait is left alone. */
export const HOOK_PAUSE_MS = 30_000;

/** Calls a hook of a point; undefined if there is none of this number. */
export function ask(
  { request, calls }: Admitted,
  { point, step, index }: Pick<Asking, "point" | "step" | "index">,
  at: Instant,
): RolloutEvent[] | undefined {
  const hook = hooksAt(request, point, step)[index];
  if (hook === undefined) return undefined;
  return [{ type: "hook-called", at, point, step, hook: hookName(hook), attempt: calls + 1 }];
}

/** Calls a hook again that said wait, once it has been left alone for a while. */
export function callAgain(rollout: Admitted, asking: Asking, at: Instant): RolloutEvent[] {
  const { answered } = asking;
  if (answered === null || toMillis(at) < toMillis(answered.at) + HOOK_PAUSE_MS) return [];
  return ask(rollout, asking, at) ?? [];
}

/** Asks the hooks of a rollback once the weights are back. Whatever they answer, the rollout ends. */
export function askAfterRollback(
  rollout: Admitted,
  { restored, asking }: Extract<Phase, { type: "rolling-back" }>,
  at: Instant,
): RolloutEvent[] {
  if (!restored) return [];
  const first = { point: "roll-back", step: 0 } as const;
  if (asking === null) return ask(rollout, { ...first, index: 0 }, at) ?? [];
  const { answered, attempt, index } = asking;
  if (answered !== null && answered.answer !== "wait")
    return ask(rollout, { ...first, index: index + 1 }, at) ?? [];
  if (toMillis(at) < toMillis(deadlineOfHook(rollout, asking).at)) return callAgain(rollout, asking, at);
  return [{ type: "hook-answered", at, attempt, answer: "go", reason: "it took too long" }];
}
