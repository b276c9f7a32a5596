import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { notFound } from "../errors.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { identifier } from "../shapes/identifier.ts";

const Input = z.object({ resourceArn: identifier.guardedArn });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_DeleteResourcePolicy.html */
export function deleteResourcePolicy({ store }: ControlPlane) {
  return operation(Input, {
    permissions: ({ resourceArn }) => [permission(store, "DeleteResourcePolicy", resourceArn)],
    run: ({ resourceArn }) => {
      const { id } = lookup(store).guarded(resourceArn);
      if (store.resourcePolicies.get(id) === undefined) throw notFound("RESOURCE_POLICY", id);
      store.resourcePolicies.remove(id);
      return {};
    },
  });
}
