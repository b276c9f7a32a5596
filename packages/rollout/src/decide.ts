import type { Command } from "./command.ts";
import type { Instant } from "./instant.ts";
import { askedBy, reasonFor } from "./reasons.ts";
import type { Admitted, Rollout } from "./rollout.ts";
import type { RolloutEvent } from "./rollout-event.ts";

/**
 * What a command leads to at time `at`: never nothing, since a command that does not fit is declined in the history, with
 * the reason.
 */
export function decide(rollout: Rollout, command: Command, at: Instant): RolloutEvent[] {
  if (rollout.status !== "admitted") return [declined(command, at, "the rollout was never admitted")];
  const against = objection(rollout, command);
  return against === undefined ? accept(rollout, command, at) : [declined(command, at, against)];
}

function objection({ phase }: Admitted, { type }: Command): string | undefined {
  if (phase.type === "settled") return `the rollout is already ${phase.ending.replace("-", " ")}`;
  if (phase.type === "stopping") return "the rollout is stopping because its weights drifted";
  if (phase.type === "rolling-back") return "the rollout is already rolling back";
  if (phase.type === "promoting" && type !== "abort") return "the rollout is already being promoted";
  if (type === "pause" && phase.type === "paused") return "the rollout is already paused";
  if (type === "resume" && phase.type !== "paused") return "the rollout is not paused";
  return undefined;
}

function accept(rollout: Admitted, command: Command, at: Instant): RolloutEvent[] {
  const { by, why } = command;
  const asked = { at, ...(by === undefined ? {} : { by }), ...(why === undefined ? {} : { why }) };
  switch (command.type) {
    case "pause":
      return [{ type: "rollout-paused", ...asked }];
    case "resume":
      return [{ type: "rollout-resumed", ...asked }];
    case "promote":
      return [promotion(rollout, command, at)];
    case "abort":
      return [
        {
          type: "roll-back-decided",
          at,
          reason: reasonFor("rolled back", rollout, at, askedBy("aborted", command)),
        },
      ];
  }
}

function promotion(rollout: Admitted, command: Command, at: Instant): RolloutEvent {
  return {
    type: "promotion-decided",
    at,
    reason: reasonFor("promoted", rollout, at, askedBy("asked for", command)),
  };
}

function declined({ id, type }: Command, at: Instant, reason: string): RolloutEvent {
  return { type: "command-declined", at, command: type, commandId: id, reason };
}
