import { createHash } from "node:crypto";
import { containerPlans, type Graph } from "@espalier/local-deploy";
import { beforeAll, describe, expect, test } from "vitest";
import { ofType, the } from "./in-graph.ts";
import { recordStacks } from "./record-stacks.ts";

let graph: Graph;

beforeAll(async () => {
  graph = await recordStacks({ shop: true });
});

const group = (name: string) =>
  the(graph, "aws:ec2/securityGroup:SecurityGroup", "name", `espalier-test-shop-${name}`).id;

/** The id that the stand-in gives a managed prefix list. */
const prefixes = (name: string) => `pl-${createHash("sha256").update(name).digest("hex").slice(0, 17)}`;

/** Who may enter a security group, and at which port. */
function admitted(name: string) {
  return ofType(graph, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    .filter(({ inputs }) => inputs.securityGroupId === group(name))
    .map(({ inputs }) => ({
      from: inputs.referencedSecurityGroupId ?? inputs.prefixListId,
      port: inputs.fromPort,
    }));
}

describe("the shop", () => {
  test("runs inventory in three versions, delivery and payment, each behind a load balancer", () => {
    const plans = containerPlans(graph).map(({ environment: { SST_RESOURCE_App: _, ...own }, addresses }) => [
      own,
      addresses,
    ]);
    const { inventoryV1, inventoryV2, inventoryV3, deliveryBalancer, payment } = graph.outputs;
    const v6 = (targets: unknown) => [targets].flat().map((address) => `[${address}]:80`);
    expect(plans).toEqual([
      [{ SHOP_SERVICE: "delivery", SHOP_VERSION: "v1", PORT: "8080" }, [`${deliveryBalancer}:80`]],
      [{ SHOP_SERVICE: "payment", SHOP_VERSION: "v1", PORT: "8080" }, v6(payment)],
      [{ SHOP_SERVICE: "inventory", SHOP_VERSION: "v1", PORT: "8080" }, v6(inventoryV1)],
      [{ SHOP_SERVICE: "inventory", SHOP_VERSION: "v2", PORT: "8080" }, v6(inventoryV2)],
      [
        { SHOP_SERVICE: "inventory", SHOP_VERSION: "v3", SHOP_ERROR_RATE: "0.05", PORT: "8080" },
        v6(inventoryV3),
      ],
    ]);
  });

  test("returns the targets and the rest of what a topology names", () => {
    const [block] = String(
      the(graph, "aws:ec2/vpc:Vpc", "cidrBlock", "10.0.0.0/16").outputs.ipv6CidrBlock,
    ).split("00::/56");
    expect(graph.outputs).toMatchObject({
      shopVpc: expect.stringMatching(/^vpc-/),
      shopSecurityGroup: group("lattice"),
      orderFunction: "arn:aws:lambda:us-east-1:123456789012:function:espalier-test-order",
      orderRole: "arn:aws:iam::123456789012:role/espalier-test-order",
      inventoryV1: [`${block}00::11`, `${block}01::11`],
      deliveryBalancer: expect.stringMatching(/^arn:.+:loadbalancer\/app\/espalier-test-delivery\//),
      payment: [`${block}00::14`, `${block}01::14`],
    });
  });

  test("keeps its load balancers inside, in two zones", () => {
    const balancers = ofType(graph, "aws:lb/loadBalancer:LoadBalancer");
    expect(balancers).toHaveLength(5);
    for (const { inputs } of balancers) expect(inputs).toMatchObject({ internal: true });
    const zones = ofType(graph, "aws:ec2/subnet:Subnet").map(({ inputs }) => inputs.availabilityZone);
    expect(new Set(zones)).toEqual(new Set(["us-east-1a", "us-east-1b"]));
  });

  test("lets each part be reached from the one before it only", () => {
    expect(admitted("order")).toEqual([]);
    expect(admitted("lattice")).toEqual([{ from: group("order"), port: 80 }]);
    expect(admitted("balancers")).toEqual([
      { from: prefixes("com.amazonaws.us-east-1.vpc-lattice"), port: 80 },
      { from: prefixes("com.amazonaws.us-east-1.ipv6.vpc-lattice"), port: 80 },
    ]);
    expect(admitted("containers")).toEqual([{ from: group("balancers"), port: 8080 }]);
  });

  test("runs order in the VPC, and run-hook, with a way to what they read and call", () => {
    const fn = (name: string) =>
      the(graph, "aws:lambda/function:Function", "name", `espalier-test-${name}`).inputs;
    for (const name of ["order", "run-hook"])
      expect(fn(name).vpcConfig, name).toMatchObject({ securityGroupIds: [group("order")] });
    expect(fn("order").environment).toMatchObject({
      variables: { SERVICE_URLS_PATH: "/espalier/test/services" },
    });
    const endpoints = ofType(graph, "aws:ec2/vpcEndpoint:VpcEndpoint").map(
      ({ inputs }) => inputs.serviceName,
    );
    const doors = ["ssm", "lambda", "dynamodb"].map((service) => `com.amazonaws.us-east-1.${service}`);
    expect(endpoints).toEqual(expect.arrayContaining(doors));
  });
});
