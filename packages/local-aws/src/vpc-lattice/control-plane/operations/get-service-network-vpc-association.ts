import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { identifier } from "../shapes/identifier.ts";
import { vpcAssociationView } from "../views/vpc-association.ts";

const Input = z.object({ serviceNetworkVpcAssociationIdentifier: identifier.vpcAssociation });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_GetServiceNetworkVpcAssociation.html */
export function getServiceNetworkVpcAssociation({ store }: ControlPlane) {
  return operation(Input, {
    permissions: ({ serviceNetworkVpcAssociationIdentifier: identifier }, call) => [
      permission(store, "GetServiceNetworkVpcAssociation", arns(call).vpcAssociation(identifier)),
    ],
    run: ({ serviceNetworkVpcAssociationIdentifier: identifier }) =>
      vpcAssociationView(store, lookup(store).vpcAssociation(identifier)),
  });
}
