import type {
  Existing,
  ExistingNetwork,
  ExistingOtherNetwork,
  ExistingServiceAssociation,
  ExistingVpcAssociation,
} from "../existing.ts";
import { changed, without } from "./changed.ts";
import type { Folds } from "./fold-write.ts";

type Operation =
  | "CreateServiceNetwork"
  | "UpdateServiceNetwork"
  | "DeleteServiceNetwork"
  | "CreateServiceNetworkVpcAssociation"
  | "UpdateServiceNetworkVpcAssociation"
  | "DeleteServiceNetworkVpcAssociation"
  | "CreateServiceNetworkServiceAssociation"
  | "DeleteServiceNetworkServiceAssociation";

const withNetwork = (
  existing: Existing,
  id: string,
  change: (network: ExistingNetwork) => ExistingNetwork,
): Existing => ({ ...existing, networks: changed(existing.networks, id, change) });

/** Changes the association of a VPC; only the network that has it becomes another object. */
export function withVpc(
  existing: Existing,
  id: string,
  change: (association: ExistingVpcAssociation) => ExistingVpcAssociation,
): Existing {
  const holder = existing.networks.find((network) => network.vpcs.some((one) => one.id === id));
  if (holder === undefined) return existing;
  return withNetwork(existing, holder.id, (network) => ({
    ...network,
    vpcs: changed(network.vpcs, id, change),
  }));
}

/** Changes the association of a service with a network of ours or of others; only that network becomes another object. */
export function withMember(
  existing: Existing,
  id: string,
  change: (association: ExistingServiceAssociation) => ExistingServiceAssociation,
): Existing {
  const holds = (network: ExistingOtherNetwork) => network.services.some((one) => one.id === id);
  const holder = existing.networks.find(holds) ?? existing.otherNetworks.find(holds);
  if (holder === undefined) return existing;
  return withMembers(existing, holder.id, (services) => changed(services, id, change));
}

/** A network is named by its id, or by its ARN where it is another account's. */
function withMembers(
  existing: Existing,
  network: string,
  change: (services: ExistingOtherNetwork["services"]) => ExistingOtherNetwork["services"],
): Existing {
  const members = <Network extends ExistingOtherNetwork>(networks: readonly Network[]) => {
    const id = networks.find((one) => one.id === network || one.arn === network)?.id ?? network;
    return changed(networks, id, (one) => ({ ...one, services: change(one.services) }));
  };
  return {
    ...existing,
    networks: members(existing.networks),
    otherNetworks: members(existing.otherNetworks),
  };
}

/** Networks, and who is associated with them. */
export const networkFolds: Folds<Operation> = {
  CreateServiceNetwork: (existing, { name, authType, tags }, { id, arn }) => ({
    ...existing,
    networks: [
      ...existing.networks,
      { id, arn, name, authType, tags, policy: "", vpcs: [], services: [], accessLogs: [], share: undefined },
    ],
  }),

  UpdateServiceNetwork: (existing, { serviceNetworkIdentifier, authType }) =>
    withNetwork(existing, serviceNetworkIdentifier, (network) => ({ ...network, authType })),

  DeleteServiceNetwork: (existing, { serviceNetworkIdentifier }) => ({
    ...existing,
    networks: without(existing.networks, serviceNetworkIdentifier),
  }),

  CreateServiceNetworkVpcAssociation: (existing, input, { id, arn, status }) => {
    const { vpcIdentifier: vpc, securityGroupIds: securityGroups = [], tags } = input;
    return withNetwork(existing, input.serviceNetworkIdentifier, (network) => ({
      ...network,
      vpcs: [...network.vpcs, { id, arn, status, vpc, securityGroups, tags }],
    }));
  },

  UpdateServiceNetworkVpcAssociation: (existing, input, { status }) =>
    withVpc(existing, input.serviceNetworkVpcAssociationIdentifier, (association) => ({
      ...association,
      securityGroups: input.securityGroupIds,
      status: status || association.status,
    })),

  DeleteServiceNetworkVpcAssociation: (existing, input, { status }) =>
    withVpc(existing, input.serviceNetworkVpcAssociationIdentifier, leaving(status)),

  CreateServiceNetworkServiceAssociation: (existing, input, { id, arn, status }) => {
    const service = existing.services.find((one) => one.id === input.serviceIdentifier);
    const member = { id, arn, status, service: service?.name ?? "", serviceArn: service?.arn ?? "" };
    return withMembers(existing, input.serviceNetworkIdentifier, (services) => [
      ...services,
      { ...member, tags: input.tags },
    ]);
  },

  DeleteServiceNetworkServiceAssociation: (existing, input, { status }) =>
    withMember(existing, input.serviceNetworkServiceAssociationIdentifier, leaving(status)),
};

/** What is being deleted is seen to be gone when its list has it no more. */
const leaving =
  (status: string) =>
  <Thing extends { readonly status: string }>(thing: Thing): Thing => ({
    ...thing,
    status: status || "DELETE_IN_PROGRESS",
  });
