import type { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import type { ExistingOtherNetwork } from "@espalier/topology";
import { listServiceAssociations, tagsIfOurs } from "./list.ts";
import { readEach } from "./read-each.ts";

interface Network {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
}

/**
 * Networks as those see them who may only join them, with the associations of the services given. Those that no service is
 * in are left out, unless they are `named`.
 */
export async function readOtherNetworks(
  client: VPCLatticeClient,
  networks: readonly Network[],
  services: ReadonlySet<string>,
  named: (network: Network) => boolean,
): Promise<ExistingOtherNetwork[]> {
  return readEach(networks, async (network) => {
    const all = await listServiceAssociations(client, network.arn);
    const ours = all.filter(({ serviceArn = "" }) => services.has(serviceArn));
    if (ours.length === 0 && !named(network)) return undefined;
    return {
      ...network,
      services: await readEach(ours, (association) => readAssociation(client, association)),
    };
  });
}

type Listed = Awaited<ReturnType<typeof listServiceAssociations>>[number];

/** The association of a service with a network. Another account shows no tags of what it has made. */
export async function readAssociation(
  client: VPCLatticeClient,
  { id = "", arn = "", serviceName = "", serviceArn = "", status }: Listed,
) {
  return {
    id,
    arn,
    service: serviceName,
    serviceArn,
    status: status ?? "",
    tags: (await tagsIfOurs(client, arn)) ?? {},
  };
}
