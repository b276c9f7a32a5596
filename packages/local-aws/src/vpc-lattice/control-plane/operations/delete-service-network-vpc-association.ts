import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { conflict } from "../errors.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { pick } from "../pick.ts";
import { identifier } from "../shapes/identifier.ts";

const Input = z.object({ serviceNetworkVpcAssociationIdentifier: identifier.vpcAssociation });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_DeleteServiceNetworkVpcAssociation.html */
export function deleteServiceNetworkVpcAssociation({ store, lifeCycle }: ControlPlane) {
  return operation(Input, {
    permissions: ({ serviceNetworkVpcAssociationIdentifier: identifier }, call) => [
      permission(store, "DeleteServiceNetworkVpcAssociation", arns(call).vpcAssociation(identifier)),
    ],
    run: ({ serviceNetworkVpcAssociationIdentifier: identifier }) => {
      const association = lookup(store).vpcAssociation(identifier);
      if (association.status !== "ACTIVE") {
        throw conflict(
          "SERVICE_NETWORK_VPC_ASSOCIATION",
          association.id,
          `Association ${association.id} is ${association.status}`,
        );
      }
      store.taggings.remove(association.arn);
      return pick(lifeCycle.end(store.vpcAssociations, association), "id", "arn", "status");
    },
  });
}
