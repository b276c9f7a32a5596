import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { pick } from "../pick.ts";
import { readablePolicy } from "../readable-policy.ts";
import { identifier } from "../shapes/identifier.ts";
import { text } from "../shapes/text.ts";
import { authPolicyView } from "../views/auth-policy.ts";

const maxBytes = 10_240;

const Input = z.object({
  resourceIdentifier: identifier.guarded,
  policy: text(0, 36_864)
    .refine((policy) => Buffer.byteLength(policy) <= maxBytes, `Member must have at most ${maxBytes} bytes`)
    .refine((policy) => !/[\r\n]/.test(policy), "Member must not contain newlines"),
});

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_PutAuthPolicy.html */
export function putAuthPolicy({ store, platform }: ControlPlane) {
  return operation(Input, {
    permissions: (input, call) => [
      permission(store, "PutAuthPolicy", arns(call).guarded(input.resourceIdentifier)),
    ],
    run: (input) => {
      const resource = lookup(store).guarded(input.resourceIdentifier);
      const now = platform.clock.now();
      const policy = store.authPolicies.put({
        id: resource.id,
        policy: readablePolicy(input.policy),
        createdAt: store.authPolicies.get(resource.id)?.createdAt ?? now,
        lastUpdatedAt: now,
      });
      return pick(authPolicyView(policy, resource.authType), "policy", "state");
    },
  });
}
