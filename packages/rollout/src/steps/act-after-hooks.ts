import { moveRamp } from "../adaptive/move-ramp.ts";
import type { Instant } from "../instant.ts";
import type { Admitted, Asking } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { afterHooks } from "./after-bake.ts";
import { enter } from "./enter.ts";

/** What follows once the hooks of a point have been asked. */
export function actAfterHooks(
  rollout: Admitted,
  { point, step }: Pick<Asking, "point" | "step">,
  at: Instant,
  because?: string,
): readonly RolloutEvent[] {
  const { strategy } = rollout.request;
  if (strategy.type === "adaptive") return moveRamp(rollout, at);
  return point === "step"
    ? afterHooks(rollout, strategy, step, at, because)
    : enter(rollout, strategy, step, at, because);
}
