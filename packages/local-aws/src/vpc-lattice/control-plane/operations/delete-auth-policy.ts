import * as z from "zod";
import { unconfirmed } from "../../unconfirmed.ts";
import type { ControlPlane } from "../control-plane.ts";
import { conflict, notFound } from "../errors.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { identifier } from "../shapes/identifier.ts";

const Input = z.object({ resourceIdentifier: identifier.guarded });

/**
 * Where authType is AWS_IAM, everything is denied from then on.
 * https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_DeleteAuthPolicy.html
 */
export function deleteAuthPolicy({ store }: ControlPlane) {
  return operation(Input, {
    permissions: (input, call) => [
      permission(store, "DeleteAuthPolicy", arns(call).guarded(input.resourceIdentifier)),
    ],
    run: (input) => {
      const { id, authType } = lookup(store).guarded(input.resourceIdentifier);
      if (store.authPolicies.get(id) === undefined) throw notFound("AUTH_POLICY", id);
      if (unconfirmed.keepPolicyInUse && authType === "AWS_IAM") {
        throw conflict("AUTH_POLICY", id, `The auth policy of ${id} is in use`);
      }
      store.authPolicies.remove(id);
      return {};
    },
  });
}
