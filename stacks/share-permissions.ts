import { arn } from "./arn.ts";
import type { Permission } from "./permission.ts";

/** Who a topology's networks and services are shared with. RAM's lists take no resource. */
export function readsShares(): Permission[] {
  return [{ actions: ["ram:GetResourceShares", "ram:GetResourceShareAssociations"], resources: ["*"] }];
}

/**
 * Sharing Lattice's networks and services and nothing else, and changing no share but a topology's own.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsresourceaccessmanagerram.html
 */
export function writesShares(): Permission[] {
  return [
    {
      actions: ["ram:CreateResourceShare"],
      resources: ["*"],
      conditions: [
        {
          test: "StringEquals",
          variable: "ram:RequestedResourceType",
          values: ["vpc-lattice:ServiceNetwork", "vpc-lattice:Service"],
        },
      ],
    },
    {
      actions: ["AssociateResourceShare", "DisassociateResourceShare", "DeleteResourceShare"].map(
        (action) => `ram:${action}`,
      ),
      resources: [arn("ram", "resource-share/*")],
      conditions: [{ test: "Null", variable: "aws:ResourceTag/espalier:topology", values: ["false"] }],
    },
  ];
}
