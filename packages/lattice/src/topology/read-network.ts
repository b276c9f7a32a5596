import { GetServiceNetworkCommand, type VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import type { Existing } from "@espalier/topology";
import { listServiceAssociations, listVpcAssociations, tagsOf } from "./list.ts";
import { readEach } from "./read-each.ts";
import { readPolicy } from "./read-policy.ts";
import type { Tagged } from "./read-topology.ts";
import { readVpcAssociation } from "./read-vpc-association.ts";

/** A network with its policy and everything that is associated with it. */
export async function readNetwork(
  client: VPCLatticeClient,
  thing: Tagged,
): Promise<Existing["networks"][number]> {
  const [network, policy, vpcs, services] = await Promise.all([
    client.send(new GetServiceNetworkCommand({ serviceNetworkIdentifier: thing.id })),
    readPolicy(client, thing.id),
    listVpcAssociations(client, thing.id),
    listServiceAssociations(client, thing.id),
  ]);
  return {
    ...thing,
    authType: network.authType ?? "NONE",
    policy,
    vpcs: await readEach(vpcs, ({ id = "", arn = "" }) => readVpcAssociation(client, id, arn)),
    services: await readEach(services, async ({ id = "", arn = "", serviceName = "", status = "" }) => ({
      id,
      arn,
      service: serviceName,
      status,
      tags: await tagsOf(client, arn),
    })),
  };
}
