import { named } from "../names.ts";
import type { Network } from "./network.ts";

/** The doors of AWS inside the VPC: parameters for order; images and logs for the containers; functions and the rollouts table for hooks. */
export function endpoints({ vpc, subnets, routes }: Network, group: aws.ec2.SecurityGroup): void {
  const { region } = aws.getRegionOutput();
  for (const service of ["ssm", "ecr.api", "ecr.dkr", "logs", "lambda"]) {
    new aws.ec2.VpcEndpoint(`ShopEndpoint${service.replace(/\W/g, "")}`, {
      vpcId: vpc.id,
      serviceName: $interpolate`com.amazonaws.${region}.${service}`,
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: subnets.map((subnet) => subnet.id),
      securityGroupIds: [group.id],
      tags: { Name: named(`shop-${service}`) },
    });
  }
  // The layers of an image come from S3: https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
  for (const [name, service] of [
    ["S3", "s3"],
    ["Tables", "dynamodb"],
  ]) {
    new aws.ec2.VpcEndpoint(`ShopEndpoint${name}`, {
      vpcId: vpc.id,
      serviceName: $interpolate`com.amazonaws.${region}.${service}`,
      vpcEndpointType: "Gateway",
      routeTableIds: [routes.id],
      tags: { Name: named(`shop-${service}`) },
    });
  }
}
