import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  DeleteListenerCommand,
  DeleteLoadBalancerCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { describe, expect, test } from "vitest";
import { runningLocalAws } from "../running-local-aws.ts";

describe("load balancers", () => {
  test("are made with listeners, described and taken away by the SDK's client", async () => {
    const { elb } = await site();
    const balancer = await made(elb, { Scheme: "internal" });
    expect(balancer).toMatchObject({
      LoadBalancerArn: expect.stringMatching(
        /^arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer\/app\/shop\/[0-9a-f]{16}$/,
      ),
      ...{ DNSName: expect.stringMatching(/^internal-shop-[0-9a-f]+\.us-east-1\.elb\.amazonaws\.com$/) },
      ...{ Type: "application", Scheme: "internal", VpcId: "vpc-1", State: { Code: "active" } },
      AvailabilityZones: [
        { ZoneName: "us-east-1a", SubnetId: "subnet-1" },
        { ZoneName: "us-east-1b", SubnetId: "subnet-2" },
      ],
    });
    const { LoadBalancerArn } = balancer;
    const { Listeners: [listener] = [] } = await elb.send(http(LoadBalancerArn));
    expect(listener).toMatchObject({
      ListenerArn: expect.stringContaining(":listener/app/shop/"),
      ...{ LoadBalancerArn, Protocol: "HTTP", Port: 80 },
      DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } }],
    });
    const { LoadBalancers } = await elb.send(new DescribeLoadBalancersCommand({ Names: ["shop"] }));
    expect(LoadBalancers).toEqual([balancer]);
    expect((await elb.send(new DescribeListenersCommand({ LoadBalancerArn }))).Listeners).toEqual([listener]);

    const ListenerArn = listener?.ListenerArn ?? "";
    await elb.send(new DeleteListenerCommand({ ListenerArn }));
    expect((await elb.send(new DescribeListenersCommand({ LoadBalancerArn }))).Listeners).toEqual([]);
    await elb.send(http(LoadBalancerArn));
    await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
    const gone = elb.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [LoadBalancerArn ?? ""] }));
    await expect(gone).rejects.toMatchObject({ name: "LoadBalancerNotFoundException" });
  });

  test("made again are the same, and refused where they are to be others", async () => {
    const { elb } = await site();
    const balancer = await made(elb);
    expect(await made(elb)).toEqual(balancer);
    await expect(made(elb, { Scheme: "internal" })).rejects.toMatchObject({
      name: "DuplicateLoadBalancerNameException",
    });
    const arn = balancer.LoadBalancerArn;
    const listeners = [await elb.send(http(arn)), await elb.send(http(arn))];
    expect(listeners[1]?.Listeners).toEqual(listeners[0]?.Listeners);
    await expect(elb.send(http(arn, { StatusCode: "500" }))).rejects.toMatchObject({
      name: "DuplicateListenerException",
    });
  });

  test.for([
    ["one subnet", { Subnets: ["subnet-1"] }, "ValidationError"],
    ["no such subnet", { Subnets: ["subnet-1", "subnet-9"] }, "SubnetNotFoundException"],
    ["subnets of two VPCs", { Subnets: ["subnet-1", "subnet-3"] }, "InvalidConfigurationRequestException"],
    ["a name with an underscore", { Name: "the_shop" }, "ValidationError"],
    ["a name that begins with internal-", { Name: "internal-shop" }, "ValidationError"],
    ["tags", { Tags: [{ Key: "a", Value: "b" }] }, "ValidationError"],
  ] as const)("are not made with %s", async ([, input, name]) => {
    const { elb } = await site();
    await expect(made(elb, input as object)).rejects.toMatchObject({ name });
  });

  test("are listed page by page", async () => {
    const { elb } = await site();
    const names = ["c", "a", "b"];
    for (const Name of names) await made(elb, { Name });
    const describing = (Marker?: string) =>
      elb.send(new DescribeLoadBalancersCommand({ PageSize: 2, Marker }));
    const first = await describing();
    const second = await describing(first.NextMarker);
    const shown = [first, second].map((page) => page.LoadBalancers?.map((each) => each.LoadBalancerName));
    expect(shown).toEqual([["a", "b"], ["c"]]);
    expect(second.NextMarker).toBeUndefined();
  });
});

async function site() {
  const { aws, settings } = await runningLocalAws();
  for (const [subnetId, vpcId, zone] of [
    ["subnet-1", "vpc-1", "a"],
    ["subnet-2", "vpc-1", "b"],
    ["subnet-3", "vpc-2", "b"],
  ] as const)
    aws.ec2.putSubnet({ subnetId, vpcId, cidrBlock: "10.0.1.0/24", availabilityZone: `us-east-1${zone}` });
  return { aws, elb: new ElasticLoadBalancingV2Client(settings) };
}

async function made(elb: ElasticLoadBalancingV2Client, input: object = {}) {
  const asked = { Name: "shop", Subnets: ["subnet-1", "subnet-2"], ...input };
  const { LoadBalancers: [balancer] = [] } = await elb.send(new CreateLoadBalancerCommand(asked));
  return balancer ?? {};
}

function http(LoadBalancerArn: string | undefined, { StatusCode = "404" } = {}) {
  return new CreateListenerCommand({
    ...{ LoadBalancerArn, Protocol: "HTTP", Port: 80 },
    DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode } }],
  });
}
