import type { AccessLogSubscription } from "../records.ts";

/** A subscription as the API shows it. */
export function accessLogSubscriptionView(subscription: AccessLogSubscription) {
  const { id, arn, resourceId, resourceArn, destinationArn, serviceNetworkLogType } = subscription;
  return {
    id,
    arn,
    resourceId,
    resourceArn,
    destinationArn,
    serviceNetworkLogType,
    createdAt: new Date(subscription.createdAt),
    lastUpdatedAt: new Date(subscription.lastUpdatedAt),
  };
}
