import type { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { type Existing, type ExistingShare, ownerTag, type TopologyDocument } from "@espalier/topology";
import type { TopologyClients } from "./clients.ts";
import { listNetworks, listServices, listTargetGroups, tagsIfOurs, tagsOf } from "./list.ts";
import { readEach } from "./read-each.ts";
import { readNetwork } from "./read-network.ts";
import { readOtherNetworks } from "./read-other-networks.ts";
import { readService } from "./read-service.ts";
import { readShares } from "./read-shares.ts";
import { readTargetGroup } from "./read-target-group.ts";

/**
 * Reads what there is as far as the document is concerned: what carries its name as its tag, and what has a name that it
 * uses. Errors of the SDK come through as they are, throttling after the client's own retries.
 */
export async function readTopology(clients: TopologyClients, document: TopologyDocument): Promise<Existing> {
  const { lattice, ram } = clients;
  const [networks, services, targetGroups, shares] = await Promise.all([
    listNetworks(lattice),
    listServices(lattice),
    listTargetGroups(lattice),
    readShares(ram, document.name),
  ]);
  const named = otherNetworksOf(document);
  const ours = {
    networks: (await concerned(lattice, document, document.networks, networks)).without(named),
    services: await concerned(lattice, document, document.services, services),
    targetGroups: await concerned(lattice, document, document.targetGroups, targetGroups, tagsOf),
  };
  const own = new Set(ours.networks.things.map(({ arn }) => arn));
  return {
    networks: withShares(
      await readEach(ours.networks.things, (thing) => readNetwork(lattice, thing)),
      shares,
    ),
    otherNetworks: await readOtherNetworks(
      lattice,
      networks.filter(({ arn }) => !own.has(arn)),
      new Set(ours.services.things.map(({ arn }) => arn)),
      named,
    ),
    services: withShares(
      await readEach(ours.services.things, (thing) => readService(lattice, thing)),
      shares,
    ),
    targetGroups: await readEach(ours.targetGroups.things, (thing) => readTargetGroup(clients, thing)),
    elsewhere: {
      networks: ours.networks.elsewhere,
      services: ours.services.elsewhere,
      targetGroups: ours.targetGroups.elsewhere,
    },
  };
}

type Listed = { readonly id: string; readonly arn: string; readonly name: string };
export type Tagged = Listed & { readonly tags: Readonly<Record<string, string>> };

/** The things that concern the document, and how many more this account has. */
interface Concerned {
  readonly things: readonly Tagged[];
  readonly elsewhere: number;
  without(others: (thing: Listed) => boolean): Concerned;
}

/** Lists have what other accounts share with this one too; it has no tags that could be seen. */
async function concerned(
  client: VPCLatticeClient,
  document: TopologyDocument,
  written: object,
  listed: readonly Listed[],
  read: typeof tagsIfOurs = tagsIfOurs,
): Promise<Concerned> {
  const here = await readEach(listed, async (thing) => {
    const tags = await read(client, thing.arn);
    return tags && { ...thing, tags };
  });
  const among = (things: readonly Tagged[]): Concerned => ({
    things,
    elsewhere: here.length - things.length,
    without: (others) => among(things.filter((thing) => !others(thing))),
  });
  return among(
    here.filter(({ name, tags }) => Object.hasOwn(written, name) || tags[ownerTag] === document.name),
  );
}

/** Whether the document names a network as somebody else's. */
function otherNetworksOf({ networks }: TopologyDocument): (network: Listed) => boolean {
  const others = Object.entries(networks).filter(([, one]) => one === "external" || "arn" in one);
  const names = new Set(others.flatMap(([name, one]) => (one === "external" ? [name] : [])));
  const arns = new Set(
    others.flatMap(([, one]) => (typeof one === "object" && "arn" in one ? [one.arn] : [])),
  );
  return ({ name, arn }) => names.has(name) || arns.has(arn);
}

const withShares = <Thing extends { readonly arn: string }>(
  things: readonly Thing[],
  shares: ReadonlyMap<string, ExistingShare>,
) => things.map((thing) => ({ ...thing, share: shares.get(thing.arn) }));
