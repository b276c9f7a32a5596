import { setTimeout as pause } from "node:timers/promises";
import {
  type Commit,
  evolve,
  type Meta,
  type Rollout,
  type RolloutEvent,
  unknownRollout,
} from "@espalier/rollout";
import { ExitCode, UserError } from "./fail.ts";
import type { RolloutsTable } from "./rollouts-table.ts";

/** What is known of a rollout after one more reading of its history. */
export interface Chapter {
  readonly rollout: Rollout;
  readonly meta: Meta | undefined;
  /** The commits since the reading before, and their events. */
  readonly commits: readonly Commit[];
  readonly news: readonly RolloutEvent[];
}

/** How to follow. `admissionMs` is how long a rollout may stay unheard of, in milliseconds of wall time. */
export interface Following {
  readonly signal?: AbortSignal | undefined;
  readonly admissionMs?: number | undefined;
}

/** How often a history is read, and how long it may stay empty, in milliseconds of wall time. */
const EVERY_MS = 400;
const ADMISSION_MS = 60_000;

/**
 * Follows a rollout by its history: first what is there already, then a chapter for each reading, until it has ended and said
 * so. Ends early, without an error, when `signal` aborts. Throws UserError where no history begins in time.
 */
export async function* follow(
  table: RolloutsTable,
  id: string,
  { signal, admissionMs = ADMISSION_MS }: Following = {},
): AsyncGenerator<Chapter> {
  const began = performance.now();
  let [rollout, read] = [unknownRollout, 0];
  while (!signal?.aborted) {
    const { meta, commits } = await table.load(id, read);
    const news = commits.flatMap(({ events }) => events);
    rollout = news.reduce(evolve, rollout);
    read = commits.at(-1)?.seq ?? read;
    yield { rollout, meta, commits, news };
    if (hasEnded(rollout)) return;
    if (rollout.status === "unknown" && performance.now() - began >= admissionMs) throw neverAdmitted(id);
    await pause(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Whether nothing more can happen to a rollout. */
export const hasEnded = (rollout: Rollout): boolean =>
  rollout.status === "refused" || (rollout.status === "admitted" && rollout.phase.type === "settled");

const neverAdmitted = (id: string) =>
  new UserError(
    `${id} was asked for and neither admitted nor refused within a minute; see what the rollout workflow says, then: espalier rollout show ${id}`,
    { exitCode: ExitCode.notYet },
  );
