import { createHash } from "node:crypto";
import type { Bus, Executions, Instant, Lock, RolloutStore, ServiceLocks } from "@espalier/rollout";

/** What taking over needs. */
export interface Recovery {
  readonly store: Pick<RolloutStore, "takeOver">;
  readonly locks: ServiceLocks;
  readonly executions: Executions;
  readonly bus: Bus;
}

/** Executions that take a rollout over keep dying: somebody has to see to it. */
export class RecoveryAbandoned extends Error {
  override readonly name = "RecoveryAbandoned";
}

// Each tries for minutes, so that together they outlast an outage of an hour.
const MOST_RECOVERIES = 20;

/**
 * Takes a rollout over from an execution that has died: hands its lock to an execution that is yet to be started, one
 * generation up, then starts it at RollBack. A crash in between leaves a lock whose owner does not run, for the next sweep.
 * False if somebody else was faster. After too many in a row it keeps the lock, tells so and throws `RecoveryAbandoned`.
 */
export async function takeOver(
  { store, locks, executions, bus }: Recovery,
  dead: Lock,
  cause: string,
  at: Instant,
) {
  if (dead.recoveries >= MOST_RECOVERIES) await abandon(bus, dead, cause, at);
  const generation = dead.generation + 1;
  const name = executionName(dead.rollout, generation);
  const owner = executions.arnOf(name);
  if (!(await locks.swap(dead, owner, dead.recoveries + 1))) return false;
  await store.takeOver(dead.rollout, { owner, generation, at });
  const { rollout, service } = dead;
  await executions.start(name, { recovery: { rollout, service, generation, cause } });
  return true;
}

async function abandon(
  bus: Bus,
  { rollout, service, recoveries, generation }: Lock,
  cause: string,
  at: Instant,
) {
  const reason = `${recoveries} executions in a row could not end rollout ${rollout} (the last: ${cause}); its service stays locked and its weights as they are; mend what fails, which their logs tell, then invoke the function sweep with {"again": "${rollout}"}`;
  const eventId = `${rollout}/recovery-abandoned/${generation}`;
  await bus.tell([{ type: "recovery-abandoned", at, reason, service, rollout, eventId }]);
  throw new RecoveryAbandoned(reason);
}

/** A name that Step Functions takes: `ID-GENERATION`, with a digest where the id itself would not do. */
export function executionName(id: string, generation: number): string {
  const plain = id.replace(/[^\w-]/g, "-").slice(0, 50);
  const digest = createHash("sha256").update(id).digest("hex").slice(0, 8);
  return `${plain === id ? id : `${plain}-${digest}`}-${generation}`;
}
