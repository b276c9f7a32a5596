import type { Command } from "./command.ts";
import { decide } from "./decide.ts";
import { evolve } from "./evolve.ts";
import type { Instant } from "./instant.ts";
import { minutesSince, presentWeight, verdictOf } from "./reasons.ts";
import type { Admitted, Rollout } from "./rollout.ts";
import type { Outcome, RolloutEvent } from "./rollout-event.ts";

/**
 * The last events of a history: the outcome with its numbers, and an answer to each command that came too late to be
 * followed. A rollout that is already settled only answers commands.
 */
export function settle(rollout: Rollout, late: readonly Command[], at: Instant): RolloutEvent[] {
  const ending = rollout.status === "admitted" ? endingOf(rollout, at) : [];
  const settled = ending.reduce(evolve, rollout);
  return [...ending, ...late.flatMap((command) => decide(settled, command, at))];
}

function endingOf(rollout: Admitted, at: Instant): RolloutEvent[] {
  const { phase } = rollout;
  switch (phase.type) {
    case "settled":
      return [];
    case "promoting":
      return [{ type: "rollout-promoted", ...outcome(rollout, phase.reason, at) }];
    case "rolling-back":
      return [{ type: "rollout-rolled-back", ...outcome(rollout, phase.reason, at) }];
    case "stopping":
      return [{ type: "rollout-stopped", ...outcome(rollout, phase.reason, at) }];
    default:
      return [{ type: "rollout-stopped", ...outcome(rollout, "stopped before it had come to an end", at) }];
  }
}

function outcome(rollout: Admitted, reason: string, at: Instant): Outcome {
  const { evidence, threshold, counts } = verdictOf(rollout, true);
  return {
    at,
    reason,
    minutes: minutesSince(rollout, at),
    weight: presentWeight(rollout),
    counts,
    evidence,
    threshold,
  };
}
