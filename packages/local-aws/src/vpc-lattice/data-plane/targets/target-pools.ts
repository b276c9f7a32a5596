import type { TargetHealth } from "../../control-plane/control-plane.ts";
import type { Target, TargetGroup } from "../../control-plane/records.ts";
import type { Store } from "../../control-plane/store.ts";
import { targetsOf } from "../../control-plane/targets.ts";
import type { AddressBook } from "./address-book.ts";
import { candidates, inTurn } from "./choose-target.ts";
import { type Peer, peer } from "./target-connections.ts";

/** A target and where it is. */
export interface Endpoint {
  readonly target: Target;
  /** Its address and port as they were registered. */
  readonly registered: string;
  /** Absent where the address book does not know it. */
  readonly peer: Peer | undefined;
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
        peer: peerOf(group, target, addresses),
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

function peerOf(
  { id, config }: TargetGroup,
  { target, port }: Target,
  addresses: Pick<AddressBook, "resolve">,
): Peer | undefined {
  const local = port === undefined ? undefined : addresses.resolve(target, port);
  if (local === undefined || config.type === "LAMBDA") return undefined;
  return peer(id, config.protocol === "HTTPS" ? "https" : "http", local);
}
