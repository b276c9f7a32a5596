import {
  type Bus,
  type Executions,
  type Instant,
  lastSeq,
  type RolloutStore,
  type ServiceLocks,
  type ServiceQueue,
  stateOf,
  type Waiting,
} from "@espalier/rollout";
import { publish } from "./advance.ts";
import { askedIn } from "./asked-in.ts";
import { newMeta } from "./conclude.ts";
import { doEach } from "./do-each.ts";
import { type Returns, wakeNext } from "./give-back.ts";

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
    if (lock?.rollout !== waiting.rollout && (await refuse(refusing, waiting, at)))
      refused.push(waiting.rollout);
    await queue.leave(waiting);
    await wakeNext(refusing, waiting.service);
  });
  return refused;
}

const PROBLEM = "the workflow ended while the request waited; nothing was changed; send it again";

async function refuse(
  { store, bus }: Refusing,
  { rollout: id, owner, service }: Waiting,
  at: Instant,
): Promise<boolean> {
  const first = await store.first(id);
  if (first !== undefined && first.owner !== owner) return false;
  const recent = await store.load(id);
  const rollout = stateOf(recent);
  if (rollout.status === "admitted" || rollout.status === "refused") return false;
  const asked = askedIn(rollout, service);
  const refusal = { type: "rollout-refused" as const, at, id, ...asked, problems: [PROBLEM] };
  const commit = { seq: lastSeq(recent) + 1, owner, events: [refusal], commandIds: [] };
  if (!(await store.commit(id, commit))) return false;
  await store.open(newMeta(id, first ?? commit));
  await store.close(id);
  const after = await store.load(id);
  if (after.meta !== undefined) await publish({ store, bus }, after.commits, after.meta, stateOf(after));
  return true;
}
