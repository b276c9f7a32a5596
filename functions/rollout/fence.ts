import { type ServiceLocks, Superseded } from "@espalier/rollout";
import type { Turn } from "./turn.ts";

/**
 * Checks that this execution still holds the service, in its generation: right before each write to Lattice, which itself
 * knows no condition. Throws Superseded where it does not.
 */
export async function fence(locks: ServiceLocks, service: string, turn: Turn): Promise<void> {
  const lock = await locks.read(service);
  if (lock?.owner === turn.execution && lock.generation === turn.generation) return;
  throw new Superseded(`${turn.execution} no longer holds ${service}`);
}
