import type { Instant } from "../instant.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import type { ShiftOutcome } from "../shift-outcome.ts";
import { onDrift } from "./on-drift.ts";

/** What the outcome of a weight shift leads to. One that was noted before, or is no longer awaited, leads to nothing; nor does one that was held. */
export function noteShift(rollout: Admitted, outcome: ShiftOutcome, at: Instant): RolloutEvent[] {
  const { phase, orders } = rollout;
  const awaited = phase.type === "shifting" || (phase.type === "promoting" && !phase.shifted);
  if (!awaited || outcome.order !== orders || outcome.type === "held") return [];
  if (outcome.type === "shifted") return [{ type: "weights-shifted", at, weight: outcome.weight }];
  return onDrift(rollout, `the weights drifted, ${outcome.found}`, outcome.actions, at);
}
