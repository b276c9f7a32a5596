import { lookup } from "../lookup.ts";
import type { ServiceAssociation } from "../records.ts";
import type { Store } from "../store.ts";
import { dnsEntry } from "./service.ts";

/** The association of a service with a network, as GetServiceNetworkServiceAssociation shows it. */
export function serviceAssociationView(store: Store, association: ServiceAssociation) {
  const service = lookup(store).service(association.serviceId);
  const network = lookup(store).network(association.networkId);
  return {
    id: association.id,
    arn: association.arn,
    status: association.status,
    createdBy: association.createdBy,
    createdAt: new Date(association.createdAt),
    serviceId: service.id,
    serviceName: service.name,
    serviceArn: service.arn,
    serviceNetworkId: network.id,
    serviceNetworkName: network.name,
    serviceNetworkArn: network.arn,
    dnsEntry: dnsEntry(service),
    customDomainName: service.customDomainName,
  };
}
