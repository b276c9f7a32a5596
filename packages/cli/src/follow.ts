import { setTimeout as pause } from "node:timers/promises";
import { type Commit, type Meta, type Rollout, type RolloutEvent, replay } from "@espalier/rollout";
import type { RolloutsTable } from "./rollouts-table.ts";

/** What is known of a rollout after one more reading of its history. */
export interface Chapter {
  readonly rollout: Rollout;
  readonly meta: Meta | undefined;
  readonly commits: readonly Commit[];
  /** The events since the reading before. */
  readonly news: readonly RolloutEvent[];
}

/** How often a history is read, in milliseconds of wall time. */
const EVERY_MS = 400;

/**
 * Follows a rollout by its history: first what is there already, then a chapter for each reading, until it has ended and said
 * so. Ends early, without an error, when `signal` aborts.
 */
export async function* follow(
  table: RolloutsTable,
  id: string,
  signal?: AbortSignal,
): AsyncGenerator<Chapter> {
  let told = 0;
  while (!signal?.aborted) {
    const { meta, commits } = await table.load(id);
    const events = commits.flatMap((commit) => commit.events);
    const rollout = replay(events);
    yield { rollout, meta, commits, news: events.slice(told) };
    told = events.length;
    if (hasEnded(rollout)) return;
    await pause(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Whether nothing more can happen to a rollout. */
export const hasEnded = (rollout: Rollout): boolean =>
  rollout.status === "refused" || (rollout.status === "admitted" && rollout.phase.type === "settled");
