import * as z from "zod";
import { wantedFields } from "./describe-issues.ts";
import { Instant } from "./instant.ts";
import { Reason, RequestedBy, RolloutId } from "./rollout-request.ts";

/** What can be asked of a running rollout. */
export const CommandType = z.enum(["pause", "resume", "promote", "abort"]);
export type CommandType = z.infer<typeof CommandType>;

/** A command as a rollout's inbox keeps it. */
export const Command = z.object({
  id: z.string(),
  type: CommandType,
  at: Instant,
  by: RequestedBy.optional(),
  why: Reason.optional(),
});
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
  promote: "Rollout Promotion Requested",
  abort: "Rollout Abort Requested",
} as const satisfies Record<CommandType, string>;
