import type { ServiceNetwork } from "../records.ts";
import type { Store } from "../store.ts";

/** A service network as GetServiceNetwork shows it. */
export function networkView(store: Store, network: ServiceNetwork) {
  const ofNetwork = (association: { networkId: string }) => association.networkId === network.id;
  return {
    id: network.id,
    arn: network.arn,
    name: network.name,
    authType: network.authType,
    sharingConfig: { enabled: network.sharingEnabled },
    numberOfAssociatedVPCs: store.vpcAssociations.filter(ofNetwork).length,
    numberOfAssociatedServices: store.serviceAssociations.filter(ofNetwork).length,
    createdAt: new Date(network.createdAt),
    lastUpdatedAt: new Date(network.lastUpdatedAt),
  };
}
