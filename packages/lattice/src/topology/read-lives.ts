import type { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import type { Life, Watched } from "@espalier/topology";
import { isNotFound } from "../translated.ts";
import { inParallel } from "./in-parallel.ts";
import {
  listGroupLives,
  listServiceAssociations,
  listServiceLives,
  listTargets,
  listVpcAssociations,
} from "./list.ts";

/** Looks at what Lattice is at by its lists alone: one list for all services, one a network for what is associated with it. */
export async function readLives(client: VPCLatticeClient, watched: readonly Watched[]): Promise<Life[]> {
  const kinds = Map.groupBy(watched, (one) => ("network" in one ? `${one.kind} ${one.network}` : one.kind));
  const lives = await inParallel([...kinds.values()], (alike) => livesOf(client, alike));
  return lives.flat();
}

/** All are of one kind, associations of one network. */
async function livesOf(client: VPCLatticeClient, alike: readonly Watched[]): Promise<Life[]> {
  const [first] = alike;
  switch (first?.kind) {
    case undefined:
      return [];
    case "targets":
      return inParallel(alike, async ({ id }) => ({
        kind: "targets",
        id,
        targets: await targetsOf(client, id),
      }));
    case "service":
      return found(alike, await listServiceLives(client), ({ id = "", status = "", dnsEntry }) => ({
        ...{ kind: "service", id, status, domainName: dnsEntry?.domainName ?? "" },
      }));
    case "target-group":
      return found(alike, await listGroupLives(client), ({ id = "", status = "", serviceArns = [] }) => ({
        ...{ kind: "target-group", id, status, usedBy: serviceArns },
      }));
    case "vpc-association":
      return found(alike, await listVpcAssociations(client, first.network), ({ id = "", status = "" }) => ({
        ...{ kind: "vpc-association", id, status },
      }));
    case "service-association":
      return found(
        alike,
        await listServiceAssociations(client, first.network),
        ({ id = "", status = "" }) => ({
          ...{ kind: "service-association", id, status },
        }),
      );
  }
}

/** What the list has of those that are watched; what it has no more is gone. */
function found<Item extends { readonly id?: string | undefined }>(
  watched: readonly Watched[],
  listed: readonly Item[],
  life: (item: Item) => Life,
): Life[] {
  const items = new Map(listed.map((item) => [item.id, item]));
  return watched.map(({ id }) => {
    const item = items.get(id);
    return item === undefined ? { kind: "gone", id } : life(item);
  });
}

/** None where the group has gone in the meantime. */
async function targetsOf(client: VPCLatticeClient, group: string) {
  const targets = await listTargets(client, group).catch((error: unknown) => {
    if (isNotFound(error)) return [];
    throw error;
  });
  return targets.map(({ id = "", port, status = "" }) => ({ id, ...(port && { port }), status }));
}
