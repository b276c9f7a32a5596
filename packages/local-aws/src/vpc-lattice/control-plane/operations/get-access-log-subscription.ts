import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { identifier } from "../shapes/identifier.ts";
import { accessLogSubscriptionView } from "../views/access-log-subscription.ts";

const Input = z.object({ accessLogSubscriptionIdentifier: identifier.accessLogSubscription });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_GetAccessLogSubscription.html */
export function getAccessLogSubscription({ store }: ControlPlane) {
  const name = "GetAccessLogSubscription";
  return operation(Input, {
    permissions: ({ accessLogSubscriptionIdentifier }, call) => [
      permission(store, name, arns(call).accessLogSubscription(accessLogSubscriptionIdentifier)),
      { action: "logs:GetLogDelivery", resource: "*" },
    ],
    run: ({ accessLogSubscriptionIdentifier }) =>
      accessLogSubscriptionView(lookup(store).accessLogSubscription(accessLogSubscriptionIdentifier)),
  });
}
