import { GetServiceNetworkCommand, type VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import type { Existing } from "@espalier/topology";
import { listServiceAssociations, listVpcAssociations } from "./list.ts";
import { readAccessLogs } from "./read-access-logs.ts";
import { readEach } from "./read-each.ts";
import { readAssociation } from "./read-other-networks.ts";
import { readPolicy } from "./read-policy.ts";
import type { Tagged } from "./read-topology.ts";
import { readVpcAssociation } from "./read-vpc-association.ts";

/** A network with its policy and everything that is associated with it. */
export async function readNetwork(
  client: VPCLatticeClient,
  thing: Tagged,
): Promise<Omit<Existing["networks"][number], "share">> {
  const [network, policy, vpcs, services, accessLogs] = await Promise.all([
    client.send(new GetServiceNetworkCommand({ serviceNetworkIdentifier: thing.id })),
    readPolicy(client, thing.id),
    listVpcAssociations(client, thing.id),
    listServiceAssociations(client, thing.id),
    readAccessLogs(client, thing.id),
  ]);
  return {
    ...thing,
    authType: network.authType ?? "NONE",
    policy,
    vpcs: await readEach(vpcs, ({ id = "", arn = "" }) => readVpcAssociation(client, id, arn)),
    services: await readEach(services, (association) => readAssociation(client, association)),
    accessLogs,
  };
}
