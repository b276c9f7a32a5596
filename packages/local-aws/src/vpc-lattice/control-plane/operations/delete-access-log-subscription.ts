import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { identifier } from "../shapes/identifier.ts";

const Input = z.object({ accessLogSubscriptionIdentifier: identifier.accessLogSubscription });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_DeleteAccessLogSubscription.html */
export function deleteAccessLogSubscription({ store }: ControlPlane) {
  const name = "DeleteAccessLogSubscription";
  return operation(Input, {
    permissions: ({ accessLogSubscriptionIdentifier }, call) => [
      permission(store, name, arns(call).accessLogSubscription(accessLogSubscriptionIdentifier)),
      { action: "logs:DeleteLogDelivery", resource: "*" },
    ],
    run: ({ accessLogSubscriptionIdentifier }) => {
      const { id, arn } = lookup(store).accessLogSubscription(accessLogSubscriptionIdentifier);
      store.accessLogSubscriptions.remove(id);
      store.taggings.remove(arn);
      return {};
    },
  });
}
