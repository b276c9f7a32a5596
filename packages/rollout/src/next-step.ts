import type { Instant } from "./instant.ts";
import { nextLook } from "./look.ts";
import type { Admitted, Rollout } from "./rollout.ts";
import { Weight } from "./weight.ts";

/** What the workflow is to do next. */
export type NextStep =
  | { readonly type: "shift"; readonly weight: Weight }
  | { readonly type: "wait"; readonly until: Instant }
  | { readonly type: "roll-back" }
  | { readonly type: "settle" };

/** Everything, which is what a promotion shifts to. */
export const ALL = Weight.parse(100);

/** What follows from a rollout's state at time `at`. */
export function nextStep(rollout: Rollout, at: Instant): NextStep {
  return rollout.status === "admitted" ? stepOf(rollout, at) : { type: "settle" };
}

function stepOf({ phase }: Admitted, at: Instant): NextStep {
  switch (phase.type) {
    case "shifting":
      return { type: "shift", weight: phase.to };
    case "promoting":
      return phase.shifted ? { type: "settle" } : { type: "shift", weight: ALL };
    case "rolling-back":
      return phase.restored ? { type: "settle" } : { type: "roll-back" };
    case "stopping":
    case "settled":
      return { type: "settle" };
    default:
      return { type: "wait", until: nextLook(at) };
  }
}
