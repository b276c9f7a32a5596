import { arn } from "../arn.ts";
import { lambda } from "../lambda.ts";
import { serviceUrlsPath } from "../names.ts";
import type { Network } from "./network.ts";

/**
 * The order service, in the shop's VPC because Lattice serves callers in an associated VPC only. Whom it may call is said by
 * the auth policy of the service network and, since a signed caller in the same account needs both, by its role.
 */
export function order({ subnets }: Network, group: aws.ec2.SecurityGroup): sst.aws.Function {
  return lambda("order", {
    handler: "functions/order/order.handler",
    environment: { SERVICE_URLS_PATH: serviceUrlsPath() },
    timeout: "15 seconds",
    vpc: { privateSubnets: subnets.map((subnet) => subnet.id), securityGroups: [group.id] },
    permissions: [
      {
        actions: ["ssm:GetParametersByPath", "ssm:GetParameters", "ssm:GetParameter"],
        resources: [
          arn("ssm", `parameter${serviceUrlsPath()}`),
          arn("ssm", `parameter${serviceUrlsPath()}/*`),
        ],
      },
      { actions: ["vpc-lattice-svcs:Invoke"], resources: [arn("vpc-lattice", "service/*")] },
      // https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
      {
        actions: ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"],
        resources: ["*"],
      },
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
    ],
  });
}
