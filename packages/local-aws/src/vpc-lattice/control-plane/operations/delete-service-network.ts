import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { conflict } from "../errors.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { removeAccessLogs } from "../remove-access-logs.ts";
import { identifier } from "../shapes/identifier.ts";

const Input = z.object({ serviceNetworkIdentifier: identifier.network });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_DeleteServiceNetwork.html */
export function deleteServiceNetwork({ store }: ControlPlane) {
  return operation(Input, {
    permissions: (input, call) => [
      permission(store, "DeleteServiceNetwork", arns(call).network(input.serviceNetworkIdentifier)),
    ],
    run: (input) => {
      const network = lookup(store).network(input.serviceNetworkIdentifier);
      const ofNetwork = (association: { networkId: string }) => association.networkId === network.id;
      const associated = [
        ...(store.vpcAssociations.find(ofNetwork) ? ["VPC(s)"] : []),
        ...(store.serviceAssociations.find(ofNetwork) ? ["service(s)"] : []),
      ].join(" and ");
      if (associated !== "") {
        throw conflict(
          "SERVICE_NETWORK",
          network.id,
          `ServiceNetwork ${network.id} has ${associated} associated`,
        );
      }
      store.networks.remove(network.id);
      removeAccessLogs(store, network.id);
      store.authPolicies.remove(network.id);
      store.resourcePolicies.remove(network.id);
      store.taggings.remove(network.arn);
      return {};
    },
  });
}
