import { GetServiceNetworkVpcAssociationCommand, type VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import type { Existing } from "@espalier/topology";
import { tagsOf } from "./list.ts";

/** The association of a VPC with a network; only Get says its security groups. */
export async function readVpcAssociation(
  client: VPCLatticeClient,
  id: string,
  arn: string,
): Promise<Existing["networks"][number]["vpcs"][number]> {
  const [association, tags] = await Promise.all([
    client.send(new GetServiceNetworkVpcAssociationCommand({ serviceNetworkVpcAssociationIdentifier: id })),
    tagsOf(client, arn),
  ]);
  return {
    id,
    arn,
    vpc: association.vpcId ?? "",
    securityGroups: association.securityGroupIds ?? [],
    status: association.status ?? "",
    tags,
  };
}
