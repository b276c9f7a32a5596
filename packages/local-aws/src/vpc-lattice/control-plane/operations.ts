import type { Operation } from "../../platform.ts";
import type { ControlPlane } from "./control-plane.ts";
import { notOffered } from "./not-offered.ts";
import { batchUpdateRule } from "./operations/batch-update-rule.ts";
import { createAccessLogSubscription } from "./operations/create-access-log-subscription.ts";
import { createListener } from "./operations/create-listener.ts";
import { createRule } from "./operations/create-rule.ts";
import { createService } from "./operations/create-service.ts";
import { createServiceNetwork } from "./operations/create-service-network.ts";
import { createServiceNetworkServiceAssociation } from "./operations/create-service-network-service-association.ts";
import { createServiceNetworkVpcAssociation } from "./operations/create-service-network-vpc-association.ts";
import { createTargetGroup } from "./operations/create-target-group.ts";
import { deleteAccessLogSubscription } from "./operations/delete-access-log-subscription.ts";
import { deleteAuthPolicy } from "./operations/delete-auth-policy.ts";
import { deleteListener } from "./operations/delete-listener.ts";
import { deleteResourcePolicy } from "./operations/delete-resource-policy.ts";
import { deleteRule } from "./operations/delete-rule.ts";
import { deleteService } from "./operations/delete-service.ts";
import { deleteServiceNetwork } from "./operations/delete-service-network.ts";
import { deleteServiceNetworkServiceAssociation } from "./operations/delete-service-network-service-association.ts";
import { deleteServiceNetworkVpcAssociation } from "./operations/delete-service-network-vpc-association.ts";
import { deleteTargetGroup } from "./operations/delete-target-group.ts";
import { deregisterTargets } from "./operations/deregister-targets.ts";
import { getAccessLogSubscription } from "./operations/get-access-log-subscription.ts";
import { getAuthPolicy } from "./operations/get-auth-policy.ts";
import { getListener } from "./operations/get-listener.ts";
import { getResourcePolicy } from "./operations/get-resource-policy.ts";
import { getRule } from "./operations/get-rule.ts";
import { getService } from "./operations/get-service.ts";
import { getServiceNetwork } from "./operations/get-service-network.ts";
import { getServiceNetworkServiceAssociation } from "./operations/get-service-network-service-association.ts";
import { getServiceNetworkVpcAssociation } from "./operations/get-service-network-vpc-association.ts";
import { getTargetGroup } from "./operations/get-target-group.ts";
import { listAccessLogSubscriptions } from "./operations/list-access-log-subscriptions.ts";
import { listListeners } from "./operations/list-listeners.ts";
import { listRules } from "./operations/list-rules.ts";
import { listServiceNetworkServiceAssociations } from "./operations/list-service-network-service-associations.ts";
import { listServiceNetworkVpcAssociations } from "./operations/list-service-network-vpc-associations.ts";
import { listServiceNetworks } from "./operations/list-service-networks.ts";
import { listServices } from "./operations/list-services.ts";
import { listTagsForResource } from "./operations/list-tags-for-resource.ts";
import { listTargetGroups } from "./operations/list-target-groups.ts";
import { listTargets } from "./operations/list-targets.ts";
import { putAuthPolicy } from "./operations/put-auth-policy.ts";
import { putResourcePolicy } from "./operations/put-resource-policy.ts";
import { registerTargets } from "./operations/register-targets.ts";
import { tagResource } from "./operations/tag-resource.ts";
import { untagResource } from "./operations/untag-resource.ts";
import { updateAccessLogSubscription } from "./operations/update-access-log-subscription.ts";
import { updateListener } from "./operations/update-listener.ts";
import { updateRule } from "./operations/update-rule.ts";
import { updateService } from "./operations/update-service.ts";
import { updateServiceNetwork } from "./operations/update-service-network.ts";
import { updateServiceNetworkVpcAssociation } from "./operations/update-service-network-vpc-association.ts";
import { updateTargetGroup } from "./operations/update-target-group.ts";
import { type LatticeOperation, withinReach } from "./reach.ts";

/** Every operation of Lattice by its name, those that are not offered included. */
export function latticeOperations(plane: ControlPlane): Readonly<Record<string, Operation<object, unknown>>> {
  const offered: Record<string, LatticeOperation> = {
    PutResourcePolicy: putResourcePolicy(plane),
    GetResourcePolicy: getResourcePolicy(plane),
    DeleteResourcePolicy: deleteResourcePolicy(plane),
    UpdateAccessLogSubscription: updateAccessLogSubscription(plane),
    ListAccessLogSubscriptions: listAccessLogSubscriptions(plane),
    GetAccessLogSubscription: getAccessLogSubscription(plane),
    DeleteAccessLogSubscription: deleteAccessLogSubscription(plane),
    CreateAccessLogSubscription: createAccessLogSubscription(plane),
    BatchUpdateRule: batchUpdateRule(plane),
    CreateListener: createListener(plane),
    CreateRule: createRule(plane),
    CreateService: createService(plane),
    CreateServiceNetwork: createServiceNetwork(plane),
    CreateServiceNetworkServiceAssociation: createServiceNetworkServiceAssociation(plane),
    CreateServiceNetworkVpcAssociation: createServiceNetworkVpcAssociation(plane),
    CreateTargetGroup: createTargetGroup(plane),
    DeleteAuthPolicy: deleteAuthPolicy(plane),
    DeleteListener: deleteListener(plane),
    DeleteRule: deleteRule(plane),
    DeleteService: deleteService(plane),
    DeleteServiceNetwork: deleteServiceNetwork(plane),
    DeleteServiceNetworkServiceAssociation: deleteServiceNetworkServiceAssociation(plane),
    DeleteServiceNetworkVpcAssociation: deleteServiceNetworkVpcAssociation(plane),
    DeleteTargetGroup: deleteTargetGroup(plane),
    DeregisterTargets: deregisterTargets(plane),
    GetAuthPolicy: getAuthPolicy(plane),
    GetListener: getListener(plane),
    GetRule: getRule(plane),
    GetService: getService(plane),
    GetServiceNetwork: getServiceNetwork(plane),
    GetServiceNetworkServiceAssociation: getServiceNetworkServiceAssociation(plane),
    GetServiceNetworkVpcAssociation: getServiceNetworkVpcAssociation(plane),
    GetTargetGroup: getTargetGroup(plane),
    ListListeners: listListeners(plane),
    ListRules: listRules(plane),
    ListServiceNetworkServiceAssociations: listServiceNetworkServiceAssociations(plane),
    ListServiceNetworkVpcAssociations: listServiceNetworkVpcAssociations(plane),
    ListServiceNetworks: listServiceNetworks(plane),
    ListServices: listServices(plane),
    ListTagsForResource: listTagsForResource(plane),
    ListTargetGroups: listTargetGroups(plane),
    ListTargets: listTargets(plane),
    PutAuthPolicy: putAuthPolicy(plane),
    RegisterTargets: registerTargets(plane),
    TagResource: tagResource(plane),
    UntagResource: untagResource(plane),
    UpdateListener: updateListener(plane),
    UpdateRule: updateRule(plane),
    UpdateService: updateService(plane),
    UpdateServiceNetwork: updateServiceNetwork(plane),
    UpdateServiceNetworkVpcAssociation: updateServiceNetworkVpcAssociation(plane),
    UpdateTargetGroup: updateTargetGroup(plane),
  };
  const reached = Object.entries(offered).map(([name, each]) => [name, withinReach(plane, each)] as const);
  return { ...notOffered(), ...Object.fromEntries(reached) };
}
