import * as z from "zod";
import type { Command } from "./command.ts";
import { evolve, unknownRollout } from "./evolve/evolve.ts";
import type { Commit, Meta } from "./history.ts";
import type { Rollout } from "./rollout.ts";

/**
 * Which shape of state a snapshot holds. It goes up with every change of that shape, and a snapshot of another format is not
 * read: the whole history is replayed instead.
 */
export const SNAPSHOT_FORMAT = 2;

/**
 * The state of a rollout after a commit, so that it need not be replayed from its beginning. `rollout` is JSON, since evidence takes
 * numbers that DynamoDB has no room for.
 */
export const Snapshot = z.object({
  /** The commit that it was taken after. */
  seq: z.int().positive(),
  format: z.literal(SNAPSHOT_FORMAT),
  rollout: z.string(),
  /** The ids of the commands that were answered by then. */
  answered: z.array(z.string()),
});
export type Snapshot = z.infer<typeof Snapshot>;

/** What a decision needs of a stored rollout: the latest snapshot that can be read, if any, and every commit after it. */
export interface Recent {
  readonly meta: Meta | undefined;
  readonly snapshot: Snapshot | undefined;
  readonly commits: readonly Commit[];
}

/** The state that a rollout is in. */
export function stateOf({ snapshot, commits }: Pick<Recent, "snapshot" | "commits">): Rollout {
  // The format says that this release has written it.
  const base: Rollout = snapshot === undefined ? unknownRollout : JSON.parse(snapshot.rollout);
  return commits.flatMap(({ events }) => events).reduce(evolve, base);
}

/** The number of the last commit; nil before the first. */
export function lastSeq({ snapshot, commits }: Pick<Recent, "snapshot" | "commits">): number {
  return commits.at(-1)?.seq ?? snapshot?.seq ?? 0;
}

/** The commands of the inbox that no commit answers yet, in the order they came. */
export function unanswered(recent: Recent): Command[] {
  const answered = new Set(answeredIn(recent));
  return recent.meta?.inbox.filter(({ id }) => !answered.has(id)) ?? [];
}

// Reading this many commits costs about as much as reading the snapshot.
const COMMITS_PER_SNAPSHOT = 20;

/** The snapshot that is due after these commits, if one is. */
export function dueSnapshot(recent: Recent): Snapshot | undefined {
  const seq = lastSeq(recent);
  if (seq - (recent.snapshot?.seq ?? 0) < COMMITS_PER_SNAPSHOT) return undefined;
  const rollout = JSON.stringify(stateOf(recent));
  return { seq, format: SNAPSHOT_FORMAT, rollout, answered: answeredIn(recent) };
}

function answeredIn({ snapshot, commits }: Pick<Recent, "snapshot" | "commits">): string[] {
  return [...(snapshot?.answered ?? []), ...commits.flatMap(({ commandIds }) => commandIds)];
}
