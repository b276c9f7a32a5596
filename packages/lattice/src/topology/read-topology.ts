import type { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { type Existing, ownerTag, type TopologyDocument } from "@espalier/topology";
import { listNetworks, listServices, listTargetGroups, tagsOf } from "./list.ts";
import { readEach } from "./read-each.ts";
import { readNetwork } from "./read-network.ts";
import { readService } from "./read-service.ts";
import { readTargetGroup } from "./read-target-group.ts";

/**
 * Reads what Lattice has as far as the document is concerned: what carries its name as its tag, and what has a name that it
 * uses. Errors of the SDK come through as they are, throttling after the client's own retries.
 */
export async function readTopology(client: VPCLatticeClient, document: TopologyDocument): Promise<Existing> {
  const [networks, services, targetGroups] = await Promise.all([
    listNetworks(client),
    listServices(client),
    listTargetGroups(client),
  ]);
  return {
    networks: await concerned(client, document, document.networks, networks, readNetwork),
    services: await concerned(client, document, document.services, services, readService),
    targetGroups: await concerned(client, document, document.targetGroups, targetGroups, readTargetGroup),
  };
}

type Listed = { readonly id: string; readonly arn: string; readonly name: string };
export type Tagged = Listed & { readonly tags: Readonly<Record<string, string>> };

async function concerned<Thing>(
  client: VPCLatticeClient,
  document: TopologyDocument,
  written: object,
  listed: readonly Listed[],
  read: (client: VPCLatticeClient, thing: Tagged) => Promise<Thing>,
): Promise<Thing[]> {
  return readEach(listed, async (thing) => {
    const tags = await tagsOf(client, thing.arn);
    const ours = Object.hasOwn(written, thing.name) || tags[ownerTag] === document.name;
    return ours ? read(client, { ...thing, tags }) : undefined;
  });
}
