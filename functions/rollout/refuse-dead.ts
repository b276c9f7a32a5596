import type {
  Bus,
  Executions,
  Instant,
  Rollout,
  RolloutStore,
  ServiceLocks,
  ServiceQueue,
} from "@espalier/rollout";
import { askedIn } from "./asked-in.ts";
import { doEach } from "./do-each.ts";
import { type Returns, wakeNext } from "./give-back.ts";
import { writeRefusal } from "./write-refusal.ts";

/** What refusing the dead needs. */
export interface Refusing extends Returns {
  readonly store: RolloutStore;
  readonly locks: ServiceLocks;
  readonly queue: ServiceQueue;
  readonly executions: Pick<Executions, "isRunning">;
  readonly bus: Bus;
}

/** Ends the requests whose execution has died while they waited for a service, so that nobody waits behind them. Returns their ids. */
export async function refuseDead(refusing: Refusing, at: Instant): Promise<string[]> {
  const { queue, executions, locks } = refusing;
  const refused: string[] = [];
  await doEach(await queue.list(), async (waiting) => {
    const lock = await locks.read(waiting.service);
    if (await executions.isRunning(waiting.owner)) {
      // Whoever gave it back may have died before waking anybody.
      if (lock === undefined) await wakeNext(refusing, waiting.service);
      return;
    }
    // With the lock in hand it is a rollout to be recovered.
    if (lock?.rollout !== waiting.rollout) {
      const { rollout: id, owner, service } = waiting;
      const refusal = {
        id,
        owner,
        at,
        problem: PROBLEM,
        asked: (before: Rollout) => askedIn(before, service),
      };
      if ((await writeRefusal(refusing, refusal)) === "refused") refused.push(id);
    }
    await queue.leave(waiting);
    await wakeNext(refusing, waiting.service);
  });
  return refused;
}

const PROBLEM = "the workflow ended while the request waited; nothing was changed; send it again";
