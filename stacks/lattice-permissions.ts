import { readsAccessLogs, writesAccessLogs } from "./access-log-permissions.ts";
import { anyones, arn } from "./arn.ts";
import { seesLoadBalancers } from "./group-permissions.ts";
import type { Permission } from "./permission.ts";
import { readsShares, writesShares } from "./share-permissions.ts";

/**
 * Finding services and target groups by their names, and what is known of them. Except for ListTargets, Lattice's lists take no
 * resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_vpc-lattice.html
 */
export function readsDirectory(): Permission[] {
  return [
    { actions: ["ListServices", "ListTargetGroups", "ListTagsForResource"].map(lattice), resources: ["*"] },
    { actions: ["vpc-lattice:GetService"], resources: [arn("vpc-lattice", "service/*")] },
    {
      actions: ["GetTargetGroup", "ListTargets"].map(lattice),
      resources: [arn("vpc-lattice", "targetgroup/*")],
    },
  ];
}

/** Reading where a service's rules and default actions forward to. */
export function readsRoutes(): Permission[] {
  return [
    { actions: ["ListListeners", "ListRules"].map(lattice), resources: ["*"] },
    {
      actions: ["GetListener", "GetRule"].map(lattice),
      resources: [arn("vpc-lattice", "service/*/listener/*")],
    },
  ];
}

/** Changing weights: a service's rules and default actions, and nothing else of it. */
export function writesWeights(): Permission[] {
  return [
    {
      actions: ["UpdateRule", "UpdateListener"].map(lattice),
      resources: [arn("vpc-lattice", "service/*/listener/*")],
    },
  ];
}

/** Making the rule that sends chosen requests to a candidate, and taking it away. */
export function writesMatches(): Permission[] {
  const resources = [arn("vpc-lattice", "service/*/listener/*")];
  return [{ actions: ["CreateRule", "TagResource"].map(lattice), resources }, ...removesMatches()];
}

/** Taking that rule away. */
export function removesMatches(): Permission[] {
  return [{ actions: ["vpc-lattice:DeleteRule"], resources: [arn("vpc-lattice", "service/*/listener/*")] }];
}

/** Reading everything that a topology document can name. */
export function readsTopology(): Permission[] {
  return [
    ...readsDirectory(),
    ...readsRoutes(),
    {
      actions: [
        "ListServiceNetworks",
        "ListServiceNetworkServiceAssociations",
        "ListServiceNetworkVpcAssociations",
      ].map(lattice),
      resources: ["*"],
    },
    { actions: ["vpc-lattice:GetServiceNetwork"], resources: [arn("vpc-lattice", "servicenetwork/*")] },
    {
      actions: ["vpc-lattice:GetAuthPolicy"],
      resources: [arn("vpc-lattice", "servicenetwork/*"), arn("vpc-lattice", "service/*")],
    },
    {
      actions: ["vpc-lattice:GetServiceNetworkVpcAssociation"],
      resources: [arn("vpc-lattice", "servicenetworkvpcassociation/*")],
    },
    ...readsAccessLogs(),
    ...readsShares(),
    { actions: ["lambda:GetPolicy"], resources: [arn("lambda", "function:*")] },
  ];
}

/** Following what Lattice is at, by its lists. */
export function readsLives(): Permission[] {
  return [
    {
      actions: [
        "ListServices",
        "ListTargetGroups",
        "ListServiceNetworkServiceAssociations",
        "ListServiceNetworkVpcAssociations",
      ].map(lattice),
      resources: ["*"],
    },
    { actions: ["vpc-lattice:ListTargets"], resources: [arn("vpc-lattice", "targetgroup/*")] },
  ];
}

/**
 * Creating and changing what a topology document names, with the permissions that Lattice needs of its caller besides
 * (reading the VPC and its subnets and security groups, letting itself invoke a function that becomes a target).
 */
export function writesTopology(): Permission[] {
  const network = arn("vpc-lattice", "servicenetwork/*");
  const service = arn("vpc-lattice", "service/*");
  const targetGroup = arn("vpc-lattice", "targetgroup/*");
  const serviceAssociation = arn("vpc-lattice", "servicenetworkserviceassociation/*");
  const vpcAssociation = arn("vpc-lattice", "servicenetworkvpcassociation/*");
  const anyonesNetwork = anyones("vpc-lattice", "servicenetwork/*");
  return [
    {
      actions: ["CreateServiceNetwork", "UpdateServiceNetwork", "DeleteServiceNetwork"].map(lattice),
      resources: [network],
    },
    { actions: ["CreateService", "UpdateService", "DeleteService"].map(lattice), resources: [service] },
    {
      actions: [
        "CreateListener",
        "UpdateListener",
        "DeleteListener",
        "CreateRule",
        "UpdateRule",
        "DeleteRule",
      ].map(lattice),
      resources: [arn("vpc-lattice", "service/*/listener/*")],
    },
    {
      actions: [
        "CreateTargetGroup",
        "UpdateTargetGroup",
        "DeleteTargetGroup",
        "RegisterTargets",
        "DeregisterTargets",
      ].map(lattice),
      resources: [targetGroup],
    },
    { actions: ["PutAuthPolicy", "DeleteAuthPolicy"].map(lattice), resources: [network, service] },
    {
      actions: ["CreateServiceNetworkServiceAssociation", "DeleteServiceNetworkServiceAssociation"].map(
        lattice,
      ),
      resources: [serviceAssociation, anyonesNetwork, service],
    },
    {
      actions: [
        "CreateServiceNetworkVpcAssociation",
        "UpdateServiceNetworkVpcAssociation",
        "DeleteServiceNetworkVpcAssociation",
      ].map(lattice),
      resources: [vpcAssociation, network],
    },
    {
      actions: ["vpc-lattice:TagResource"],
      resources: [network, service, targetGroup, serviceAssociation, vpcAssociation],
    },
    {
      actions: ["DescribeVpcs", "DescribeSubnets", "DescribeSecurityGroups", "DescribeInstances"].map(
        (action) => `ec2:${action}`,
      ),
      resources: ["*"],
    },
    seesLoadBalancers,
    ...writesAccessLogs(),
    ...writesShares(),
    // Whoever shares a thing has to be able to see it.
    { actions: ["vpc-lattice:GetServiceNetwork"], resources: [network] },
    { actions: ["vpc-lattice:GetService"], resources: [service] },
    { actions: ["lambda:GetFunction"], resources: [arn("lambda", "function:*")] },
    {
      actions: ["lambda:AddPermission"],
      resources: [arn("lambda", "function:*")],
      // A function may be opened to Lattice, and to nobody else.
      // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
      conditions: [
        { test: "StringEquals", variable: "lambda:Principal", values: ["vpc-lattice.amazonaws.com"] },
      ],
    },
  ];
}

/** Seeing how many requests services have. */
export const countsRequests = (): Permission => ({ actions: ["cloudwatch:GetMetricData"], resources: ["*"] });

function lattice(action: string): string {
  return `vpc-lattice:${action}`;
}
