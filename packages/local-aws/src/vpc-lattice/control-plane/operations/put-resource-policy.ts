import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { readablePolicy } from "../readable-policy.ts";
import { identifier } from "../shapes/identifier.ts";
import { text } from "../shapes/text.ts";

const Input = z.object({ resourceArn: identifier.guardedArn, policy: text(1, 10_000, /.*\S.*/) });

/**
 * Shares a service or network with other accounts, as a share of Resource Access Manager does.
 * https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_PutResourcePolicy.html
 */
export function putResourcePolicy({ store }: ControlPlane) {
  return operation(Input, {
    permissions: ({ resourceArn }) => [permission(store, "PutResourcePolicy", resourceArn)],
    run: ({ resourceArn, policy }) => {
      const { id } = lookup(store).guarded(resourceArn);
      store.resourcePolicies.put({ id, policy: readablePolicy(policy) });
      return {};
    },
  });
}
