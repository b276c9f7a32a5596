import { arn } from "./arn.ts";
import type { Permission } from "./permission.ts";

const lattice = (action: string) => `vpc-lattice:${action}AccessLogSubscription`;

/**
 * Saying where access logs go. Whether they may be written there is for the destination's own policy to say, which these
 * permissions do not reach: https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html
 */
export function writesAccessLogs(): Permission[] {
  const subscriptions = arn("vpc-lattice", "accesslogsubscription/*");
  return [
    {
      actions: [...["Create", "Update", "Delete"].map(lattice), "vpc-lattice:TagResource"],
      resources: [subscriptions],
    },
    {
      actions: ["Create", "Get", "Update", "Delete"].map((verb) => `logs:${verb}LogDelivery`),
      resources: ["*"],
    },
  ];
}

/** Where access logs go. */
export function readsAccessLogs(): Permission[] {
  return [{ actions: ["vpc-lattice:ListAccessLogSubscriptions"], resources: ["*"] }];
}
