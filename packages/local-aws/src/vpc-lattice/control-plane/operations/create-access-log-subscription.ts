import * as z from "zod";
import { checkOnlyOfKind, writtenDestination } from "../access-log-destination.ts";
import type { ControlPlane } from "../control-plane.ts";
import { checkDestination } from "../existing-destination.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { pick } from "../pick.ts";
import { destinationArn } from "../shapes/access-log-subscription.ts";
import { identifier } from "../shapes/identifier.ts";
import { clientToken, tags } from "../shapes/members.ts";
import { oneOf } from "../shapes/text.ts";
import { requestTags, tagNew, tagPermissions } from "../tagging.ts";
import { accessLogSubscriptionView } from "../views/access-log-subscription.ts";

const Input = z.object({
  resourceIdentifier: identifier.guarded,
  destinationArn,
  serviceNetworkLogType: oneOf("SERVICE", "RESOURCE").optional(),
  tags: tags.optional(),
  clientToken,
});

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateAccessLogSubscription.html */
export function createAccessLogSubscription(plane: ControlPlane) {
  const { store, platform, tokens } = plane;
  const name = "CreateAccessLogSubscription";
  return operation(Input, {
    permissions: (input, call) => {
      const arn = arns(call).accessLogSubscription("*");
      return [
        permission(store, name, arn, requestTags(input.tags)),
        ...tagPermissions(arn, name, input.tags),
        { action: "logs:CreateLogDelivery", resource: "*" },
        { action: "logs:GetLogDelivery", resource: "*" },
      ];
    },
    run: async (input, call) => {
      const destination = writtenDestination(input.destinationArn);
      lookup(store).guarded(input.resourceIdentifier);
      await checkDestination(plane, call, destination);
      return tokens.once(call, name, input, () => {
        const resource = lookup(store).guarded(input.resourceIdentifier);
        checkOnlyOfKind(store, resource.id, destination);
        const id = `als-${platform.hexId(17)}`;
        const now = platform.clock.now();
        const ofNetwork = resource.id.startsWith("sn-");
        const subscription = store.accessLogSubscriptions.put({
          id,
          arn: arns(call).accessLogSubscription(id),
          resourceId: resource.id,
          resourceArn: resource.arn,
          destinationArn: destination,
          serviceNetworkLogType: ofNetwork ? (input.serviceNetworkLogType ?? "SERVICE") : undefined,
          createdAt: now,
          lastUpdatedAt: now,
        });
        tagNew(store, subscription.arn, input.tags);
        return pick(
          accessLogSubscriptionView(subscription),
          "id",
          "arn",
          "resourceId",
          "resourceArn",
          "destinationArn",
          "serviceNetworkLogType",
        );
      });
    },
  });
}
