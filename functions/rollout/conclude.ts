import {
  type Admitted,
  type AlarmListeners,
  type Bus,
  type CandidateGroups,
  type Commit,
  type Directory,
  type Meta,
  type Rollout,
  type RolloutStore,
  type ServiceQueue,
  stateOf,
} from "@espalier/rollout";
import { type Admission, admitted, duplicate, refused } from "./admission.ts";
import { serviceOf } from "./check-request.ts";
import { giveBack, type Returns, wakeNext } from "./give-back.ts";

/** What the end of an admission needs, whichever it is. */
export interface Concluding extends Returns {
  readonly store: RolloutStore;
  readonly bus: Bus;
  readonly queue: Pick<ServiceQueue, "of" | "leave">;
  readonly listeners: Pick<AlarmListeners, "add">;
  readonly groups: Pick<CandidateGroups, "made" | "claim">;
  readonly directory: Directory;
}

/** A meta for a history that begins with this commit. */
export function newMeta(id: string, { owner, events }: Commit): Meta {
  const [first] = events;
  const at = first?.at ?? new Date(0).toISOString();
  const settled = first?.type === "rollout-refused";
  return { id, at, inbox: [], owner, generation: 1, nudges: 0, publishedSeq: 0, settled };
}

/** Does what follows from a history that has begun, or that a refusal has ended. All of it may be done again. */
export async function conclude(
  concluding: Concluding,
  rollout: Extract<Rollout, { status: "admitted" | "refused" }>,
  execution: string,
): Promise<Admission> {
  const { store, queue, listeners } = concluding;
  if (rollout.status === "refused") {
    const { id, problems } = rollout.refusal;
    await store.close(id);
    await letGo(concluding, rollout, id, execution);
    return refused(id, problems);
  }
  const { id, service, request } = rollout;
  for (const alarm of request.alarms) await listeners.add(alarm, id);
  await claimArms(concluding, rollout);
  await queue.leave({ service: service.arn, rollout: id, owner: execution });
  // Whoever asked this one to stop before it had begun finds it begun now.
  if ((await queue.of(service.arn))[0]?.first) await wakeNext(concluding, service.arn);
  return admitted(rollout);
}

/**
 * Turns away an execution whose rollout is another one's. It may have taken the lock between the other's release and the sight of
 * its history.
 */
export async function dismiss(concluding: Concluding, id: string, execution: string): Promise<Admission> {
  await letGo(concluding, stateOf(await concluding.store.load(id)), id, execution);
  return duplicate(id);
}

async function letGo(concluding: Concluding, rollout: Rollout, id: string, owner: string): Promise<void> {
  const service = await arnOf(concluding, rollout);
  if (service === undefined) return;
  await concluding.queue.leave({ service, rollout: id, owner });
  await giveBack(concluding, { service, owner, generation: 1 });
}

async function arnOf({ directory }: Concluding, rollout: Rollout): Promise<string | undefined> {
  if (rollout.status === "unknown") return undefined;
  if (rollout.status === "admitted") return rollout.service.arn;
  const { service } = rollout.status === "refused" ? rollout.refusal : rollout.queued;
  const found = await serviceOf(directory, service);
  return "arn" in found ? found.arn : undefined;
}

/** Notes on those of its groups that were made here which rollout they serve in, so that they are kept while it needs them. */
async function claimArms(
  { groups }: Concluding,
  { id, service, candidate, stable }: Admitted,
): Promise<void> {
  for (const group of await groups.made(service)) {
    const arm = group.id === candidate.id || group.id === stable.id;
    if (arm && group.rollout !== id) await groups.claim(group, id);
  }
}
