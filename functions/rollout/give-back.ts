import type { Lock, RolloutStore, ServiceLocks, ServiceQueue, Waker } from "@espalier/rollout";

/** What giving a service back needs. */
export interface Returns {
  readonly locks: Pick<ServiceLocks, "release">;
  readonly queue: Pick<ServiceQueue, "of">;
  readonly store: Pick<RolloutStore, "nudge">;
  readonly wake: Waker;
}

/** Releases the lock of a service and wakes whoever is next to have it. It may be done again; a crash in between costs the next one a turn. */
export async function giveBack(
  returns: Returns,
  lock: Pick<Lock, "service" | "owner" | "generation">,
): Promise<void> {
  await returns.locks.release(lock);
  await wakeNext(returns, lock.service);
}

/** Wakes whoever is next to have a service. Whether it is free, the next one finds out. */
export async function wakeNext({ queue, store, wake }: Omit<Returns, "locks">, service: string) {
  const [next] = await queue.of(service);
  if (next === undefined) return;
  const token = await store.nudge(next.rollout);
  if (token !== undefined) await wake(token);
}
