import * as z from "zod";
import { checkSameKind, writtenDestination } from "../access-log-destination.ts";
import type { ControlPlane } from "../control-plane.ts";
import { checkDestination } from "../existing-destination.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { pick } from "../pick.ts";
import { destinationArn } from "../shapes/access-log-subscription.ts";
import { identifier } from "../shapes/identifier.ts";
import { accessLogSubscriptionView } from "../views/access-log-subscription.ts";

const Input = z.object({ accessLogSubscriptionIdentifier: identifier.accessLogSubscription, destinationArn });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_UpdateAccessLogSubscription.html */
export function updateAccessLogSubscription(plane: ControlPlane) {
  const { store, platform } = plane;
  const name = "UpdateAccessLogSubscription";
  return operation(Input, {
    permissions: ({ accessLogSubscriptionIdentifier }, call) => [
      permission(store, name, arns(call).accessLogSubscription(accessLogSubscriptionIdentifier)),
      { action: "logs:UpdateLogDelivery", resource: "*" },
    ],
    run: async (input, call) => {
      const named = () => lookup(store).accessLogSubscription(input.accessLogSubscriptionIdentifier);
      const destination = writtenDestination(input.destinationArn);
      checkSameKind(named(), destination);
      await checkDestination(plane, call, destination);
      const before = named();
      const subscription = store.accessLogSubscriptions.put({
        ...before,
        destinationArn: destination,
        lastUpdatedAt: platform.clock.now(),
      });
      const view = accessLogSubscriptionView(subscription);
      return pick(view, "id", "arn", "resourceId", "resourceArn", "destinationArn");
    },
  });
}
