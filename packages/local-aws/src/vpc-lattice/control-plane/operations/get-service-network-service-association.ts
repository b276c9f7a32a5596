import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { identifier } from "../shapes/identifier.ts";
import { serviceAssociationView } from "../views/service-association.ts";

const Input = z.object({ serviceNetworkServiceAssociationIdentifier: identifier.serviceAssociation });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_GetServiceNetworkServiceAssociation.html */
export function getServiceNetworkServiceAssociation({ store }: ControlPlane) {
  return operation(Input, {
    permissions: ({ serviceNetworkServiceAssociationIdentifier: identifier }, call) => [
      permission(store, "GetServiceNetworkServiceAssociation", arns(call).serviceAssociation(identifier)),
    ],
    run: ({ serviceNetworkServiceAssociationIdentifier: identifier }) =>
      serviceAssociationView(store, lookup(store).serviceAssociation(identifier)),
  });
}
