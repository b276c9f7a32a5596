import { type Instant, toMillis } from "../instant.ts";
import { reasonFor } from "../reasons.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { passBy } from "../steps/pass-by.ts";
import { type Deadline, deadlineOf, isFrozen } from "./deadline-of.ts";
import { missingTooLong } from "./missing-too-long.ts";

/** What a deadline that has passed leads to; nothing if none has. */
export function pastDeadline(rollout: Admitted, at: Instant): readonly RolloutEvent[] {
  const missing = missingTooLong(rollout, at);
  if (missing !== undefined && !(missing.otherwise === "promote" && isFrozen(rollout)))
    return follow(rollout, missing, at);
  const deadline = deadlineOf(rollout);
  if (deadline === undefined || toMillis(at) < toMillis(deadline.at)) return [];
  return follow(rollout, deadline, at);
}

function follow(rollout: Admitted, { otherwise, reason }: Deadline, at: Instant): readonly RolloutEvent[] {
  switch (otherwise) {
    case "roll-back":
      return [{ type: "roll-back-decided", at, reason: reasonFor("rolled back", rollout, at, reason) }];
    case "hold":
      return [{ type: "rollout-paused", at, why: reason }];
    case "go-on":
      return passBy(rollout, reason, at);
    case "promote":
      // One that is being promoted is not to be told again.
      if (rollout.phase.type === "promoting") return [];
      return [{ type: "promotion-decided", at, reason: reasonFor("promoted", rollout, at, reason) }];
  }
}
