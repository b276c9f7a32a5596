import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import { describe, expect, test } from "vitest";
import { type LocalAws, startLocalAws } from "../../src/local-aws.ts";
import { runningLocalAws } from "../running-local-aws.ts";

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

  test("are made and described over the wire, filters included", async () => {
    const { aws } = await runningLocalAws();
    const made = await ask(aws, { Action: "CreateVpc", CidrBlock: "10.0.0.0/16" });
    const vpcId = /<vpcId>(vpc-[0-9a-f]{17})<\/vpcId>/.exec(made.body)?.[1] ?? "";
    expect(made).toMatchObject({ status: 200, body: expect.stringContaining("<CreateVpcResponse ") });
    await ask(aws, { Action: "CreateSubnet", VpcId: vpcId, CidrBlock: "10.0.1.0/24" });
    await ask(aws, { Action: "CreateVpc", CidrBlock: "10.1.0.0/16" });

    const one = await ask(aws, { Action: "DescribeVpcs", "VpcId.1": vpcId });
    expect(one.body).toContain(
      `<vpcSet><item><vpcId>${vpcId}</vpcId><cidrBlock>10.0.0.0/16</cidrBlock><state>available</state></item></vpcSet>`,
    );
    const filter = { "Filter.1.Name": "vpc-id", "Filter.1.Value.1": vpcId };
    const subnets = await ask(aws, { Action: "DescribeSubnets", ...filter });
    expect(subnets.body.match(/<item>/g)).toHaveLength(1);
    const none = await ask(aws, { Action: "DescribeSubnets", ...filter, "Filter.1.Value.1": "vpc-none" });
    expect(none.body).toContain("<subnetSet></subnetSet>");
  });

  test("have instances, which are in the VPC and zone of their subnet", async () => {
    const { aws } = await runningLocalAws();
    const subnet = { vpcId: "vpc-1", cidrBlock: "10.0.1.0/24", availabilityZone: "us-east-1b" };
    aws.ec2.putSubnet({ subnetId: "subnet-1", ...subnet });
    aws.ec2.putSubnet({ subnetId: "subnet-2", ...subnet });
    const instanceId = "i-0123456789abcdef0";
    aws.ec2.putInstance({ instanceId, subnetId: "subnet-1", privateIpAddress: "10.0.1.9" });
    aws.ec2.putInstance({ instanceId: "i-0123456789abcdef1", subnetId: "subnet-2" });
    const item = {
      ...{ InstanceId: instanceId, SubnetId: "subnet-1", VpcId: "vpc-1", PrivateIpAddress: "10.0.1.9" },
      ...{ Placement: { AvailabilityZone: "us-east-1b" }, State: { Code: 16, Name: "running" } },
    };
    expect(await aws.call("ec2", "DescribeInstances", { InstanceIds: [instanceId] })).toEqual({
      Reservations: [{ Instances: [item] }],
    });
    const filter = { "Filter.1.Name": "subnet-id", "Filter.1.Value.1": "subnet-1" };
    const { body } = await ask(aws, { Action: "DescribeInstances", ...filter });
    expect(body).toContain(
      "<reservationSet><item><instancesSet><item><instanceId>i-0123456789abcdef0</instanceId>",
    );
    expect(body).toContain("<placement><availabilityZone>us-east-1b</availabilityZone></placement>");
    expect(body).toContain("<instanceState><code>16</code><name>running</name></instanceState>");
    expect(body).not.toContain("i-0123456789abcdef1");
    expect(() => aws.ec2.putInstance({ instanceId, subnetId: "subnet-3" })).toThrow("subnet-3");
    aws.ec2.remove(instanceId);
    const gone = aws.call("ec2", "DescribeInstances", { InstanceIds: [instanceId] });
    await expect(gone).rejects.toMatchObject({ code: "InvalidInstanceID.NotFound" });
  });

  test.for([
    ["a VPC that is not there", { Action: "DescribeVpcs", "VpcId.1": "vpc-<x>" }, "InvalidVpcID.NotFound"],
    ["no network", { Action: "CreateVpc", CidrBlock: "everywhere" }, "InvalidParameterValue"],
    ["a missing parameter", { Action: "CreateVpc" }, "MissingParameter"],
    ["an unknown filter", { Action: "DescribeVpcs", "Filter.1.Name": "mood" }, "InvalidParameterValue"],
    ["an operation that is not offered", { Action: "RunInstances" }, "InvalidAction"],
  ] as const)("answer %s with an error as EC2 writes them", async ([, form, code]) => {
    const { aws } = await runningLocalAws();
    await ask(aws, { Action: "CreateVpc", CidrBlock: "10.0.0.0/16" });
    const { status, body } = await ask(aws, form);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).toMatch(
      new RegExp(`^<Response><Errors><Error><Code>${code}</Code><Message>[^<]+</Message>`),
    );
  });
});

async function ask(aws: LocalAws, form: Readonly<Record<string, string>>) {
  const { host, hostname, port } = new URL(aws.endpoint);
  const body = new URLSearchParams({ ...form, Version: "2016-11-15" }).toString();
  const { credentials, region } = aws;
  const signer = new SignatureV4({ service: "ec2", region, credentials, sha256: Sha256 });
  const { headers } = await signer.sign({
    protocol: "http:",
    ...{ hostname, port: Number(port), method: "POST", path: "/", query: {}, body },
    headers: { host, "content-type": "application/x-www-form-urlencoded" },
  });
  const answer = await fetch(aws.endpoint, { method: "POST", headers, body });
  return { status: answer.status, body: await answer.text() };
}
