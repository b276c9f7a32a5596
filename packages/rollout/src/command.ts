import * as z from "zod";
import { Instant } from "./instant.ts";
import { wantedFields } from "./request/describe-issues.ts";
import { Reason, RequestedBy, RolloutId } from "./request/reference.ts";

/** What can be asked of a running rollout. */
export const CommandType = z.enum(["pause", "resume", "approve", "promote", "abort"]);
export type CommandType = z.infer<typeof CommandType>;

/** The states of a CloudWatch alarm. */
export const AlarmState = z.object({ name: z.string(), state: z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]) });
export type AlarmState = z.infer<typeof AlarmState>;

const received = { id: z.string(), at: Instant, by: RequestedBy.optional(), why: Reason.optional() };

/** A command as a rollout's inbox keeps it: asked for by somebody, or an alarm that has changed its state. */
export const Command = z.union([
  z.object({ ...received, type: CommandType }),
  z.object({ ...received, type: z.literal("alarm"), ...AlarmState.shape }),
]);
export type Command = z.infer<typeof Command>;

const request = {
  id: RolloutId.optional(),
  rollout: RolloutId,
  reason: Reason.optional(),
  requestedBy: RequestedBy.optional(),
};

/** The detail of the events that ask for a command. `id` is the command's own, to drop repeats by; the event's by default. */
export const CommandRequest = z.strictObject(request, wantedFields("a command", request));
export type CommandRequest = z.infer<typeof CommandRequest>;

/** The detail-type of the event that asks for each command. */
export const commandDetailTypes = {
  pause: "Rollout Pause Requested",
  resume: "Rollout Resume Requested",
  approve: "Rollout Approval Given",
  promote: "Rollout Promotion Requested",
  abort: "Rollout Abort Requested",
} as const satisfies Record<CommandType, string>;
