import { createHash } from "node:crypto";
import type { Executions, Instant, Lock, RolloutStore, ServiceLocks } from "@espalier/rollout";

/** What taking over needs. */
export interface Recovery {
  readonly store: Pick<RolloutStore, "takeOver">;
  readonly locks: ServiceLocks;
  readonly executions: Executions;
}

/**
 * Takes a rollout over from an execution that has died: hands its lock to an execution that is yet to be started, one
 * generation up, then starts it at RollBack. A crash in between leaves a lock whose owner does not run, for the next sweep.
 * False if somebody else was faster.
 */
export async function takeOver(
  { store, locks, executions }: Recovery,
  dead: Lock,
  cause: string,
  at: Instant,
) {
  const generation = dead.generation + 1;
  const name = executionName(dead.rollout, generation);
  const owner = executions.arnOf(name);
  if (!(await locks.swap(dead, owner))) return false;
  await store.takeOver(dead.rollout, { owner, generation, at });
  const { rollout, service } = dead;
  await executions.start(name, { recovery: { rollout, service, generation, cause } });
  return true;
}

/** A name that Step Functions takes: `ID-GENERATION`, with a digest where the id itself would not do. */
export function executionName(id: string, generation: number): string {
  const plain = id.replace(/[^\w-]/g, "-").slice(0, 50);
  const digest = createHash("sha256").update(id).digest("hex").slice(0, 8);
  return `${plain === id ? id : `${plain}-${digest}`}-${generation}`;
}
