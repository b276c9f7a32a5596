import { moveRamp } from "../adaptive/move-ramp.ts";
import type { Instant } from "../instant.ts";
import type { Admitted, Asking } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { afterHooks } from "./after-bake.ts";
import { enter } from "./enter.ts";
import { goTo } from "./go-to.ts";

/** What follows once the hooks of a point have been asked. */
export function actAfterHooks(
  rollout: Admitted,
  { point, step }: Pick<Asking, "point" | "step">,
  at: Instant,
  because?: string,
): readonly RolloutEvent[] {
  const { strategy } = rollout.request;
  if (strategy.type === "adaptive") return moveRamp(rollout, at);
  if (point === "step") return afterHooks(rollout, strategy, step, at, because);
  const next = point === "start" ? goTo : enter;
  return next(rollout, strategy, step, at, because);
}
