import type { Operation, Service } from "../platform.ts";
import { type Described, describe } from "./describe.ts";

export interface Vpc {
  readonly vpcId: string;
  readonly cidrBlock: string;
}

export interface Subnet {
  readonly subnetId: string;
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly availabilityZone: string;
}

export interface SecurityGroup {
  readonly groupId: string;
  readonly groupName: string;
  readonly vpcId: string;
}

/** The networks of a deployment, as far as VPC Lattice's dependent permissions need them: put here, described, not acted on. */
export interface Ec2 extends Service {
  readonly name: "ec2";
  putVpc(vpc: Vpc): void;
  putSubnet(subnet: Subnet): void;
  putSecurityGroup(group: SecurityGroup): void;
}

/** An EC2 without anything in it. */
export function createEc2(): Ec2 {
  const vpcs = new Map<string, Described>();
  const subnets = new Map<string, Described>();
  const groups = new Map<string, Described>();
  const operations: Record<string, Operation<object>> = {
    DescribeVpcs: describe("DescribeVpcs", "VpcIds", "InvalidVpcID.NotFound", vpcs, "Vpcs"),
    DescribeSubnets: describe("DescribeSubnets", "SubnetIds", "InvalidSubnetID.NotFound", subnets, "Subnets"),
    DescribeSecurityGroups: describe(
      "DescribeSecurityGroups",
      "GroupIds",
      "InvalidGroup.NotFound",
      groups,
      "SecurityGroups",
    ),
  };
  return {
    name: "ec2",
    operations,
    putVpc({ vpcId, cidrBlock }) {
      vpcs.set(vpcId, { VpcId: vpcId, CidrBlock: cidrBlock, State: "available" });
    },
    putSubnet({ subnetId, vpcId, cidrBlock, availabilityZone }) {
      subnets.set(subnetId, {
        SubnetId: subnetId,
        VpcId: vpcId,
        CidrBlock: cidrBlock,
        AvailabilityZone: availabilityZone,
      });
    },
    putSecurityGroup({ groupId, groupName, vpcId }) {
      groups.set(groupId, { GroupId: groupId, GroupName: groupName, VpcId: vpcId });
    },
  };
}
