import { type ServiceLocks, Superseded } from "@espalier/rollout";
import type { Turn } from "./turn.ts";

/**
 * Checks that this execution still holds the service, in its generation: right before each write to Lattice, which itself
 * knows no condition. Throws Superseded where it does not.
 */
export async function fence(locks: Pick<ServiceLocks, "read">, service: string, turn: Turn): Promise<void> {
  if (await holds(locks, service, turn)) return;
  throw new Superseded(`${turn.execution} no longer holds ${service}`);
}

/** Whether this execution still holds the service, in its generation. */
export async function holds(
  locks: Pick<ServiceLocks, "read">,
  service: string,
  turn: Turn,
): Promise<boolean> {
  const lock = await locks.read(service);
  return lock?.owner === turn.execution && lock.generation === turn.generation;
}
