import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { conflict } from "../errors.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { pick } from "../pick.ts";
import { identifier } from "../shapes/identifier.ts";

const Input = z.object({ serviceNetworkServiceAssociationIdentifier: identifier.serviceAssociation });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_DeleteServiceNetworkServiceAssociation.html */
export function deleteServiceNetworkServiceAssociation({ store, lifeCycle }: ControlPlane) {
  return operation(Input, {
    permissions: ({ serviceNetworkServiceAssociationIdentifier: identifier }, call) => [
      permission(store, "DeleteServiceNetworkServiceAssociation", arns(call).serviceAssociation(identifier)),
    ],
    run: ({ serviceNetworkServiceAssociationIdentifier: identifier }) => {
      const association = lookup(store).serviceAssociation(identifier);
      if (association.status.endsWith("_IN_PROGRESS")) {
        throw conflict(
          "SERVICE_NETWORK_SERVICE_ASSOCIATION",
          association.id,
          `Association ${association.id} is ${association.status}`,
        );
      }
      store.taggings.remove(association.arn);
      return pick(lifeCycle.end(store.serviceAssociations, association), "id", "arn", "status");
    },
  });
}
