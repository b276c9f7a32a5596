import * as z from "zod";
import { creator } from "./creator.ts";

/** A VPC. */
export const vpc = creator(z.object({ cidrBlock: z.string() }), ({ cidrBlock }, { id }, { aws }) =>
  aws.ec2.putVpc({ vpcId: id, cidrBlock }),
);

const Subnet = z.object({ vpcId: z.string(), cidrBlock: z.string(), availabilityZone: z.string() });

/** A subnet of a VPC. */
export const subnet = creator(Subnet, (inputs, { id }, { aws }) =>
  aws.ec2.putSubnet({ subnetId: id, ...inputs }),
);

const Instance = z.object({ subnetId: z.string(), privateIp: z.string().optional() });

/** An instance, as far as EC2 tells of it; what it runs is a process. */
export const instance = creator(Instance, ({ subnetId, privateIp }, { id }, { aws }) =>
  aws.ec2.putInstance({
    ...{ instanceId: id, subnetId },
    ...(privateIp !== undefined && { privateIpAddress: privateIp }),
  }),
);

const SecurityGroup = z.object({ vpcId: z.string(), name: z.string() });

/** A security group. */
export const securityGroup = creator(SecurityGroup, ({ vpcId, name }, { id }, { aws }) =>
  aws.ec2.putSecurityGroup({ groupId: id, vpcId, groupName: name }),
);
