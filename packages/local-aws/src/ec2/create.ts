import ipaddr from "ipaddr.js";
import * as z from "zod";
import { AwsError } from "../aws-error.ts";
import type { Operation } from "../platform.ts";
import type { Ec2 } from "./ec2.ts";

type Nets = Pick<Ec2, "putVpc" | "putSubnet" | "putSecurityGroup">;

const CreateVpcInput = z.object({ CidrBlock: z.string() });
const CreateSubnetInput = z.object({
  VpcId: z.string(),
  CidrBlock: z.string(),
  AvailabilityZone: z.string().optional(),
});
const CreateSecurityGroupInput = z.object({ GroupName: z.string(), VpcId: z.string() });

/** The operations that make networks, where no deployment puts them. `hasVpc` tells whether a VPC is there. */
export function createOperations(
  nets: Nets,
  { hasVpc, hexId, region }: { hasVpc(id: string): boolean; hexId(length: number): string; region: string },
): Record<string, Operation<object>> {
  return {
    CreateVpc: make("CreateVpc", CreateVpcInput, ({ CidrBlock }) => {
      const vpc = { vpcId: `vpc-${hexId(17)}`, cidrBlock: network(CidrBlock) };
      nets.putVpc(vpc);
      return { Vpc: { VpcId: vpc.vpcId, CidrBlock: vpc.cidrBlock, State: "available" } };
    }),
    CreateSubnet: make("CreateSubnet", CreateSubnetInput, ({ VpcId, CidrBlock, AvailabilityZone }) => {
      const subnet = {
        subnetId: `subnet-${hexId(17)}`,
        vpcId: there(VpcId),
        cidrBlock: network(CidrBlock),
        availabilityZone: AvailabilityZone ?? `${region}a`,
      };
      nets.putSubnet(subnet);
      return {
        Subnet: {
          SubnetId: subnet.subnetId,
          VpcId,
          CidrBlock: subnet.cidrBlock,
          AvailabilityZone: subnet.availabilityZone,
          State: "available",
        },
      };
    }),
    CreateSecurityGroup: make("CreateSecurityGroup", CreateSecurityGroupInput, ({ GroupName, VpcId }) => {
      const groupId = `sg-${hexId(17)}`;
      nets.putSecurityGroup({ groupId, groupName: GroupName, vpcId: there(VpcId) });
      return { GroupId: groupId, Return: true };
    }),
  };

  function there(vpcId: string): string {
    if (hasVpc(vpcId)) return vpcId;
    throw new AwsError("InvalidVpcID.NotFound", `The vpc ID '${vpcId}' does not exist`);
  }
}

function make<S extends z.ZodType>(
  name: string,
  shape: S,
  run: (input: z.output<S>) => unknown,
): Operation<object> {
  return {
    permissions: () => [{ action: `ec2:${name}`, resource: "*" }],
    run(input) {
      const { success, data, error } = shape.safeParse(input);
      if (success) return run(data);
      const names = error.issues.map(({ path }) => path.join(".")).join(", ");
      throw new AwsError("MissingParameter", `The request must contain the parameter ${names}`);
    },
  };
}

function network(cidr: string): string {
  if (ipaddr.isValidCIDR(cidr)) return cidr;
  throw new AwsError("InvalidParameterValue", `Value (${cidr}) for parameter cidrBlock is invalid`);
}
