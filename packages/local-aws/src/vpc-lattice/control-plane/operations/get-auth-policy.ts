import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { notFound } from "../errors.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { identifier } from "../shapes/identifier.ts";
import { authPolicyView } from "../views/auth-policy.ts";

const Input = z.object({ resourceIdentifier: identifier.guarded });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_GetAuthPolicy.html */
export function getAuthPolicy({ store }: ControlPlane) {
  return operation(Input, {
    permissions: (input, call) => [
      permission(store, "GetAuthPolicy", arns(call).guarded(input.resourceIdentifier)),
    ],
    run: (input) => {
      const resource = lookup(store).guarded(input.resourceIdentifier);
      const policy = store.authPolicies.get(resource.id);
      if (policy === undefined) throw notFound("AUTH_POLICY", resource.id);
      return authPolicyView(policy, resource.authType);
    },
  });
}
