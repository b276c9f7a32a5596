import {
  type Instant,
  idleFrom,
  type MadeGroup,
  type Named,
  type RolloutStore,
  stateOf,
  type TrafficRouter,
  toMillis,
} from "@espalier/rollout";

/** Ids of target groups by how much a service needs them. */
export interface GroupsInUse {
  /** Those that its actions name, with weight or without. */
  readonly used: ReadonlySet<string>;
  /** Those that get traffic. */
  readonly serving: ReadonlySet<string>;
  /** Of those that were made for it: the arms of a rollout that runs or can still be undone. */
  readonly warm: ReadonlySet<string>;
}

/** Who needs which group of a service at this time. The lock is to be held, so that no rollout begins meanwhile. */
export async function groupsInUse(
  { store, router }: { readonly store: Pick<RolloutStore, "load">; readonly router: TrafficRouter },
  service: Named,
  made: readonly MadeGroup[],
  at: Instant,
): Promise<GroupsInUse> {
  const forwarded = (await router.actions(service)).flatMap(({ groups }) => groups);
  const warm = new Set<string>();
  for (const group of made) {
    const rollout = stateOf(await store.load(group.rollout));
    // Whoever made it and wrote no history has died: with the lock held, nobody else is at it.
    if (rollout.status === "unknown") continue;
    const idle = idleFrom(rollout);
    if (idle === undefined || toMillis(idle) > toMillis(at)) warm.add(group.id);
  }
  return {
    used: new Set(forwarded.map(({ id }) => id)),
    serving: new Set(forwarded.filter(({ weight }) => weight > 0).map(({ id }) => id)),
    warm,
  };
}
