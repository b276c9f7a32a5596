import { AwsError } from "../aws-error.ts";
import type { Operation, Platform, Service } from "../platform.ts";
import { createOperations } from "./create.ts";
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

/** An instance that runs; its VPC and zone are those of its subnet. */
export interface Instance {
  readonly instanceId: string;
  readonly subnetId: string;
  readonly privateIpAddress?: string;
}

/** The networks and instances of a deployment, as far as VPC Lattice's dependent permissions need them: made or put here, described, not acted on. */
export interface Ec2 extends Service {
  readonly name: "ec2";
  putVpc(vpc: Vpc): void;
  putSubnet(subnet: Subnet): void;
  putSecurityGroup(group: SecurityGroup): void;
  /** Throws AwsError where the subnet is not there. */
  putInstance(instance: Instance): void;
  subnet(id: string): Subnet | undefined;
  /** Takes a VPC, a subnet, a security group or an instance away, whatever is in it. */
  remove(id: string): void;
}

/** An EC2 with what is kept of it. */
export function createEc2({ storage, region, hexId }: Pick<Platform, "storage" | "region" | "hexId">): Ec2 {
  const vpcs = storage.map<Described>("ec2.vpcs");
  const subnets = storage.map<Described>("ec2.subnets");
  const groups = storage.map<Described>("ec2.security-groups");
  const instances = storage.map<Described>("ec2.instances");
  const operations: Record<string, Operation<object>> = {
    DescribeVpcs: describe("DescribeVpcs", "VpcIds", "InvalidVpcID.NotFound", vpcs, (Vpcs) => ({ Vpcs })),
    DescribeSubnets: describe(
      "DescribeSubnets",
      "SubnetIds",
      "InvalidSubnetID.NotFound",
      subnets,
      (Subnets) => ({ Subnets }),
    ),
    DescribeSecurityGroups: describe(
      "DescribeSecurityGroups",
      "GroupIds",
      "InvalidGroup.NotFound",
      groups,
      (SecurityGroups) => ({ SecurityGroups }),
    ),
    DescribeInstances: describe(
      "DescribeInstances",
      "InstanceIds",
      "InvalidInstanceID.NotFound",
      instances,
      (found) => ({ Reservations: found.map((instance) => ({ Instances: [instanceView(instance)] })) }),
    ),
  };
  const nets: Pick<Ec2, "putVpc" | "putSubnet" | "putSecurityGroup"> = {
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
  const created = createOperations(nets, { hasVpc: (id) => vpcs.has(id), hexId, region });
  return {
    name: "ec2",
    operations: { ...operations, ...created },
    ...nets,
    putInstance({ instanceId, subnetId, privateIpAddress }) {
      const subnet = subnets.get(subnetId);
      if (subnet === undefined)
        throw new AwsError("InvalidSubnetID.NotFound", `The subnet ID '${subnetId}' does not exist`);
      const { VpcId = "", AvailabilityZone = "" } = subnet;
      instances.set(instanceId, {
        ...{ InstanceId: instanceId, SubnetId: subnetId, VpcId, AvailabilityZone },
        ...(privateIpAddress !== undefined && { PrivateIpAddress: privateIpAddress }),
      });
    },
    subnet(id) {
      const { VpcId = "", CidrBlock = "", AvailabilityZone = "" } = subnets.get(id) ?? {};
      if (!subnets.has(id)) return undefined;
      return { subnetId: id, vpcId: VpcId, cidrBlock: CidrBlock, availabilityZone: AvailabilityZone };
    },
    remove(id) {
      for (const kept of [vpcs, subnets, groups, instances]) kept.delete(id);
    },
  };
}

function instanceView({ AvailabilityZone, ...instance }: Described): object {
  return { ...instance, Placement: { AvailabilityZone }, State: { Code: 16, Name: "running" } };
}
