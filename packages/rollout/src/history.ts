import * as z from "zod";
import { Command } from "./command.ts";
import { Instant } from "./instant.ts";
import { RolloutId } from "./request/reference.ts";
import { RolloutEvent } from "./rollout-event.ts";
import { RolloutSummary } from "./summary.ts";

/**
 * The events of one decision, and the commands it answers, perhaps with no event: what they say was known. Its number is its place in
 * the history, from 1.
 */
export const Commit = z.object({
  seq: z.int().positive(),
  /** The execution that decided: on the first commit it tells a retry from a duplicate request. */
  owner: z.string(),
  events: z.array(RolloutEvent),
  commandIds: z.array(z.string()),
});
export type Commit = z.infer<typeof Commit>;

/** What is known of a rollout besides its history: its inbox, who runs it, and how much of it has been told. */
export const Meta = z.object({
  id: RolloutId,
  at: Instant,
  /** Every command ever received, in order. Commits say which are answered. */
  inbox: z.array(Command),
  /** The task token of the last wait. A hint: the execution may be awake again. */
  token: z.string().optional(),
  /** The ARN of the execution that runs the rollout. */
  owner: z.string(),
  /** Goes up each time another execution takes over. */
  generation: z.int().positive(),
  publishedSeq: z.int().nonnegative(),
  /** How often somebody has had reason to wake the execution without a command. */
  nudges: z.int().nonnegative().default(0),
  /** No more commands are taken. */
  settled: z.boolean(),
  /** As of `publishedSeq`, for lists. */
  summary: RolloutSummary.optional(),
});
export type Meta = z.infer<typeof Meta>;

/** A rollout as it is stored. The first commit is written before the meta, so that a crash may leave it without. */
export interface Stored {
  readonly meta: Meta | undefined;
  readonly commits: readonly Commit[];
}
