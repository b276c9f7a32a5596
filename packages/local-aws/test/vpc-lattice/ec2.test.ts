import { describe, expect, test } from "vitest";
import { startLocalAws } from "../../src/local-aws.ts";

describe("EC2's networks", () => {
  test("are described as they were put, all or by id", async () => {
    const aws = await startLocalAws();
    aws.ec2.putVpc({ vpcId: "vpc-1", cidrBlock: "10.0.0.0/16" });
    aws.ec2.putVpc({ vpcId: "vpc-2", cidrBlock: "10.1.0.0/16" });
    aws.ec2.putSubnet({
      subnetId: "subnet-1",
      vpcId: "vpc-1",
      cidrBlock: "10.0.1.0/24",
      availabilityZone: "us-east-1a",
    });
    aws.ec2.putSecurityGroup({ groupId: "sg-1", groupName: "shop", vpcId: "vpc-1" });

    expect((await aws.call("ec2", "DescribeVpcs", {})).Vpcs).toHaveLength(2);
    expect(await aws.call("ec2", "DescribeVpcs", { VpcIds: ["vpc-2"] })).toEqual({
      Vpcs: [{ VpcId: "vpc-2", CidrBlock: "10.1.0.0/16", State: "available" }],
    });
    expect(await aws.call("ec2", "DescribeSubnets", {})).toMatchObject({
      Subnets: [{ SubnetId: "subnet-1", AvailabilityZone: "us-east-1a" }],
    });
    expect(await aws.call("ec2", "DescribeSecurityGroups", { GroupIds: ["sg-1"] })).toMatchObject({
      SecurityGroups: [{ GroupName: "shop", VpcId: "vpc-1" }],
    });
    await expect(aws.call("ec2", "DescribeVpcs", { VpcIds: ["vpc-3"] })).rejects.toMatchObject({
      code: "InvalidVpcID.NotFound",
    });
    await aws.close();
  });
});
