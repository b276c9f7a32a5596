import { arn } from "./arn.ts";
import type { Permission } from "./permission.ts";

/** What Lambda needs to give a function an interface in a VPC: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions */
export function entersNetwork(): Permission[] {
  return [
    { actions: ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"], resources: ["*"] },
    // Which types of resource each takes: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
    {
      actions: ["ec2:CreateNetworkInterface"],
      resources: ["network-interface/*", "subnet/*", "security-group/*"].map((type) => arn("ec2", type)),
    },
    {
      actions: [
        "ec2:DeleteNetworkInterface",
        "ec2:AssignPrivateIpAddresses",
        "ec2:UnassignPrivateIpAddresses",
      ],
      resources: [arn("ec2", "network-interface/*")],
    },
  ];
}
