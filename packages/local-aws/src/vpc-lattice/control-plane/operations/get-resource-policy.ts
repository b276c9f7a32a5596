import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { notFound } from "../errors.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { identifier } from "../shapes/identifier.ts";

const Input = z.object({ resourceArn: identifier.guardedArn });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_GetResourcePolicy.html */
export function getResourcePolicy({ store }: ControlPlane) {
  return operation(Input, {
    permissions: ({ resourceArn }) => [permission(store, "GetResourcePolicy", resourceArn)],
    run: ({ resourceArn }) => {
      const { id } = lookup(store).guarded(resourceArn);
      const found = store.resourcePolicies.get(id);
      if (found === undefined) throw notFound("RESOURCE_POLICY", id);
      return { policy: found.policy };
    },
  });
}
