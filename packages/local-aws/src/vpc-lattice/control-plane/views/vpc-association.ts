import { lookup } from "../lookup.ts";
import type { VpcAssociation } from "../records.ts";
import type { Store } from "../store.ts";

/** The association of a VPC with a network, as GetServiceNetworkVpcAssociation shows it. */
export function vpcAssociationView(store: Store, association: VpcAssociation) {
  const network = lookup(store).network(association.networkId);
  return {
    id: association.id,
    arn: association.arn,
    status: association.status,
    createdBy: association.createdBy,
    createdAt: new Date(association.createdAt),
    lastUpdatedAt: new Date(association.lastUpdatedAt),
    serviceNetworkId: network.id,
    serviceNetworkName: network.name,
    serviceNetworkArn: network.arn,
    vpcId: association.vpcId,
    securityGroupIds: association.securityGroupIds,
    privateDnsEnabled: association.privateDnsEnabled,
    dnsOptions: association.dnsOptions,
  };
}
