import type { TargetHealth } from "../../control-plane/control-plane.ts";
import type { Target, TargetGroup } from "../../control-plane/records.ts";
import type { Store } from "../../control-plane/store.ts";
import { targetsOf } from "../../control-plane/targets.ts";
import type { AddressBook } from "./address-book.ts";
import { candidates, inTurn } from "./choose-target.ts";

/** A target and where it is. */
export interface Endpoint {
  readonly target: Target;
  /** Its address and port as they were registered. */
  readonly registered: string;
  /** `127.0.0.1:4001`; absent where the address book does not know it. */
  readonly local: string | undefined;
}

/** Chooses targets within a group, in round robin. */
export interface TargetPools {
  next(group: TargetGroup): Endpoint | undefined;
  /** Forgets who was a candidate: targets, their health or their addresses have changed. */
  changed(): void;
}

/** The pools of all groups. */
export function targetPools(
  store: Store,
  health: (group: TargetGroup, target: Target) => TargetHealth,
  addresses: Pick<AddressBook, "resolve">,
): TargetPools {
  const pools = new Map<string, readonly Endpoint[]>();
  const turns = new Map<string, number>();
  const poolOf = (group: TargetGroup) => {
    const pool = candidates(targetsOf(store, group.id), (target) => health(group, target).status).map(
      (target): Endpoint => ({
        target,
        registered: target.port === undefined ? target.target : `${target.target}:${target.port}`,
        local: target.port === undefined ? undefined : addresses.resolve(target.target, target.port),
      }),
    );
    pools.set(group.id, pool);
    return pool;
  };
  return {
    next(group) {
      const turn = turns.get(group.id) ?? 0;
      turns.set(group.id, turn + 1);
      return inTurn(pools.get(group.id) ?? poolOf(group), turn);
    },
    changed: () => pools.clear(),
  };
}
