import { arn } from "./arn.ts";
import type { Condition, Permission } from "./permission.ts";

// The tag that every group made by Espalier has had since it was made, and no other has.
const MADE_FOR = "espalier:made-for";

/** Of nobody else's group: one that lacks the tag is out of reach, whatever the code does. */
const made: Condition = { test: "Null", variable: `aws:ResourceTag/${MADE_FOR}`, values: ["false"] };

/** Finding the groups that were made for candidates, and their targets. */
export function readsGroups(): Permission[] {
  return [
    {
      actions: ["vpc-lattice:ListTargetGroups", "vpc-lattice:ListTagsForResource"],
      resources: ["*"],
    },
    { actions: ["vpc-lattice:GetTargetGroup", "vpc-lattice:ListTargets"], resources: [groups()] },
  ];
}

/** Writing on such a group which rollout it serves in. */
export function claimsGroups(): Permission[] {
  return [{ actions: ["vpc-lattice:TagResource"], resources: [groups()], conditions: [made] }];
}

/** Making a group, refitting and filling it, and what Lattice needs of its caller for that: https://docs.aws.amazon.com/service-authorization/latest/reference/list_vpc-lattice.html */
export function makesGroups(): Permission[] {
  return [
    { actions: ["vpc-lattice:CreateTargetGroup"], resources: [groups()] },
    {
      actions: ["vpc-lattice:TagResource"],
      resources: [groups()],
      conditions: [
        { test: "StringEquals", variable: "vpc-lattice:CreateAction", values: ["CreateTargetGroup"] },
      ],
    },
    ...claimsGroups(),
    {
      actions: ["UpdateTargetGroup", "RegisterTargets", "DeregisterTargets"].map((it) => `vpc-lattice:${it}`),
      resources: [groups()],
      conditions: [made],
    },
    {
      actions: ["DescribeVpcs", "DescribeSubnets", "DescribeInstances"].map((it) => `ec2:${it}`),
      resources: ["*"],
    },
    seesLoadBalancers,
    { actions: ["lambda:GetFunction"], resources: [functions()] },
    { actions: ["lambda:AddPermission"], resources: [functions()], conditions: [forLattice] },
  ];
}

/** Taking such a group away again, with the leave that Lattice had to invoke its function. */
export function removesGroups(): Permission[] {
  return [
    {
      actions: ["vpc-lattice:DeregisterTargets", "vpc-lattice:DeleteTargetGroup"],
      resources: [groups()],
      conditions: [made],
    },
    { actions: ["lambda:RemovePermission"], resources: [functions()], conditions: [forLattice] },
  ];
}

/** A function may be opened to Lattice, and to nobody else. */
const forLattice: Condition = {
  test: "StringEquals",
  variable: "lambda:Principal",
  values: ["vpc-lattice.amazonaws.com"],
};

/** What registering a load balancer takes besides: see the managed policy VPCLatticeFullAccess, https://docs.aws.amazon.com/vpc-lattice/latest/ug/managed-policies.html */
export const seesLoadBalancers: Permission = {
  actions: ["elasticloadbalancing:DescribeLoadBalancers"],
  resources: ["*"],
};

const groups = () => arn("vpc-lattice", "targetgroup/*");
const functions = () => arn("lambda", "function:*");
