import {
  type Bus,
  type CandidateGroups,
  type Forwarding,
  type FunctionDirectory,
  type Instant,
  type MadeGroup,
  type Named,
  type RolloutStore,
  type ServiceLocks,
  type TrafficRouter,
  toMillis,
} from "@espalier/rollout";
import { fence } from "./fence.ts";
import { giveBack, type Returns } from "./give-back.ts";
import { groupsInUse } from "./groups-in-use.ts";

/** What clearing groups needs. */
export interface Clearing extends Returns {
  readonly store: Pick<RolloutStore, "load" | "nudge">;
  readonly locks: ServiceLocks;
  readonly router: TrafficRouter;
  readonly groups: CandidateGroups;
  readonly functions: Pick<FunctionDirectory, "dismissLattice">;
  readonly bus: Bus;
}

// A later sweep takes over the lock that an earlier one died with, in its own generation, and the earlier one can write no more.
const OWNER = "sweep-leftovers";

/**
 * Deletes the groups that were made for candidates and that nobody needs any more: they serve no traffic, and the rollouts that
 * they were in are over and can no longer be undone. Returns the names of those that are gone.
 */
export async function clearGroups(clearing: Clearing, at: Instant): Promise<string[]> {
  const gone: string[] = [];
  for (const [arn, made] of Map.groupBy(await clearing.groups.made(), ({ service }) => service)) {
    const service = { id: arn.slice(arn.lastIndexOf("/") + 1), arn, name: arn };
    if ((await idle(clearing, service, made, at)).length === 0) continue;
    const lock = { service: arn, rollout: "cleanup", owner: OWNER, generation: toMillis(at), at };
    if ((await clearing.locks.take({ ...lock, work: "cleanup" })).owner !== OWNER) continue;
    try {
      // Looked at again, since a rollout may have come and gone before the lock was taken.
      for (const group of await idle(clearing, service, made, at)) {
        if (await clear(clearing, service, group, at)) gone.push(group.name);
      }
    } finally {
      await giveBack(clearing, lock);
    }
  }
  return gone;
}

async function idle(clearing: Clearing, service: Named, made: readonly MadeGroup[], at: Instant) {
  const { serving, warm } = await groupsInUse(clearing, service, made, at);
  return made.filter(
    ({ id, status }) => status !== "DELETE_IN_PROGRESS" && !serving.has(id) && !warm.has(id),
  );
}

async function clear(
  { locks, router, groups, functions, bus }: Clearing,
  service: Named,
  group: MadeGroup,
  at: Instant,
): Promise<boolean> {
  const mine = () =>
    fence(locks, service.arn, { rollout: "cleanup", execution: OWNER, generation: toMillis(at), at });
  for (const part of router.parts(withoutGroup(await router.actions(service), group))) {
    await mine();
    await router.write(service, part);
  }
  await mine();
  if (group.type === "LAMBDA") {
    for (const { id } of await groups.targets(group)) await functions.dismissLattice(id, group);
  }
  if (!(await groups.remove(group))) return false;
  const reason = `${group.name} was made for rollout ${group.rollout}, serves nothing and is no longer needed to undo it`;
  const { id, arn, name } = group;
  const event = { type: "target-group-deleted" as const, at, service: service.arn, reason };
  const telling = { rollout: group.rollout, eventId: `target-group-deleted/${id}` };
  await bus.tell([{ ...event, ...telling, group: { id, arn, name } }]);
  return true;
}

/** The actions that name a group, without it: it had no weight, so that no request goes elsewhere for that. */
function withoutGroup(actions: readonly Forwarding[], { id }: MadeGroup): Forwarding[] {
  return actions
    .filter(({ groups }) => groups.some((group) => group.id === id && group.weight === 0))
    .map((action) => ({ ...action, groups: action.groups.filter((group) => group.id !== id) }));
}
