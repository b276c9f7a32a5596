import * as z from "zod";
import { activeVpcAssociation } from "../active-vpc-association.ts";
import type { ControlPlane } from "../control-plane.ts";
import { arns } from "../identifiers.ts";
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
      const association = activeVpcAssociation(store, identifier);
      store.taggings.remove(association.arn);
      return pick(lifeCycle.end(store.vpcAssociations, association), "id", "arn", "status");
    },
  });
}
