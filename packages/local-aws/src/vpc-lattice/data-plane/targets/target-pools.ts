import type { TargetHealth } from "../../control-plane/control-plane.ts";
import type { Target, TargetGroup } from "../../control-plane/records.ts";
import type { Store } from "../../control-plane/store.ts";
import { targetsOf } from "../../control-plane/targets.ts";
import { candidates, inTurn } from "./choose-target.ts";

/** Chooses targets within a group, in round robin. */
export interface TargetPools {
  next(group: TargetGroup): Target | undefined;
  /** Forgets who was a candidate: targets or their health have changed. */
  changed(): void;
}

/** The pools of all groups. */
export function targetPools(
  store: Store,
  health: (group: TargetGroup, target: Target) => TargetHealth,
): TargetPools {
  const pools = new Map<string, readonly Target[]>();
  const turns = new Map<string, number>();
  const poolOf = (group: TargetGroup) => {
    const known = pools.get(group.id);
    if (known !== undefined) return known;
    const pool = candidates(targetsOf(store, group.id), (target) => health(group, target).status);
    pools.set(group.id, pool);
    return pool;
  };
  return {
    next(group) {
      const turn = turns.get(group.id) ?? 0;
      turns.set(group.id, turn + 1);
      return inTurn(poolOf(group), turn);
    },
    changed: () => pools.clear(),
  };
}
