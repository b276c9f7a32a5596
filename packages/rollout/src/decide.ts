import type { Command } from "./command.ts";
import type { Instant } from "./instant.ts";
import { onAlarm } from "./looking/note-answers.ts";
import { askedBy, reasonFor, saidBy } from "./reasons.ts";
import type { Admitted, Rollout } from "./rollout.ts";
import type { RolloutEvent } from "./rollout-event.ts";

/**
 * What a command leads to at time `at`: one that does not fit is declined in the history, with the reason. An alarm in the state that
 * was noted last leads to nothing: the look that its event has woken has seen it first.
 */
export function decide(rollout: Rollout, command: Command, at: Instant): RolloutEvent[] {
  if (rollout.status !== "admitted") return [declined(command, at, "the rollout was never admitted")];
  if (command.type === "alarm") {
    const { name, state } = command;
    return rollout.alarms[name] === state ? [] : onAlarm(rollout, { name, state }, at);
  }
  const against = objection(rollout, command);
  return against === undefined ? [accept(rollout, command, at)] : [declined(command, at, against)];
}

type Asked = Exclude<Command, { type: "alarm" }>;

function objection({ phase, frozen }: Admitted, { type }: Asked): string | undefined {
  switch (phase.type) {
    case "settled":
      return `the rollout is already ${phase.ending.replace("-", " ")}`;
    case "stopping":
      return "the rollout is stopping because its weights drifted";
    case "rolling-back":
      return "the rollout is already rolling back";
    case "staying":
      return "the rollout is over, its weights stay";
    case "returning":
      return "the rollout is already shifting back";
    case "promoting":
      return type === "abort" ? undefined : "the rollout is already being promoted";
  }
  if (type === "pause" && phase.type === "paused") return "the rollout is already paused";
  if (type === "resume" && phase.type !== "paused") return "the rollout is not paused";
  if (type === "approve" && phase.type !== "approving") return "the rollout awaits no approval now";
  if (type === "promote" && frozen !== null)
    return `all rollouts are frozen${saidBy(frozen)}; lift the freeze first`;
  return undefined;
}

function accept(rollout: Admitted, command: Asked, at: Instant): RolloutEvent {
  const { by, why } = command;
  const asked = { at, ...(by === undefined ? {} : { by }), ...(why === undefined ? {} : { why }) };
  const reason = (done: string, asked: string) => reasonFor(done, rollout, at, askedBy(asked, command));
  switch (command.type) {
    case "pause":
      return { type: "rollout-paused", ...asked };
    case "resume":
      return { type: "rollout-resumed", ...asked };
    case "approve":
      return { type: "approval-given", ...asked };
    case "promote":
      return { type: "promotion-decided", at, reason: reason("promoted", "asked for") };
    case "abort":
      return { type: "roll-back-decided", at, reason: reason("rolled back", "aborted") };
  }
}

function declined({ id, type }: Command, at: Instant, reason: string): RolloutEvent {
  return { type: "command-declined", at, command: type, commandId: id, reason };
}
