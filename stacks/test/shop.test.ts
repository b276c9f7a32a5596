import { createHash } from "node:crypto";
import { containerPlans, type Graph, instancePlans } from "@espalier/local-deploy";
import { beforeAll, describe, expect, test } from "vitest";
import { ofType, the } from "./in-graph.ts";
import { recordStacks } from "./record-stacks.ts";

let graph: Graph;

beforeAll(async () => {
  graph = await recordStacks({ shop: true });
});

/** Payment's account. */
const there = "222222222222";

const vpcs = () => ofType(graph, "aws:ec2/vpc:Vpc");

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
  test("runs inventory in three versions and delivery, each behind a load balancer", () => {
    const plans = containerPlans(graph).map(({ environment: { SST_RESOURCE_App: _, ...own }, targets }) => [
      own,
      targets,
    ]);
    const { inventoryV1, inventoryV2, inventoryV3, deliveryBalancer } = graph.outputs;
    const v6 = (targets: unknown) => [targets].flat().map((address) => `[${address}]:80`);
    expect(plans).toEqual([
      [{ SHOP_SERVICE: "delivery", SHOP_VERSION: "v1", PORT: "8080" }, [`${deliveryBalancer}:80`]],
      [{ SHOP_SERVICE: "inventory", SHOP_VERSION: "v1", PORT: "8080" }, v6(inventoryV1)],
      [{ SHOP_SERVICE: "inventory", SHOP_VERSION: "v2", PORT: "8080" }, v6(inventoryV2)],
      [
        { SHOP_SERVICE: "inventory", SHOP_VERSION: "v3", SHOP_ERROR_RATE: "0.05", PORT: "8080" },
        v6(inventoryV3),
      ],
    ]);
  });

  test("returns the targets and the rest of what a topology names", () => {
    const [block] = String(vpcs()[0]?.outputs.ipv6CidrBlock).split("00::/56");
    expect(graph.outputs).toMatchObject({
      shopVpc: expect.stringMatching(/^vpc-/),
      shopSecurityGroup: group("lattice"),
      orderFunction: "arn:aws:lambda:us-east-1:123456789012:function:espalier-test-order",
      orderRole: "arn:aws:iam::123456789012:role/espalier-test-order",
      inventoryV1: [`${block}00::11`, `${block}01::11`],
      deliveryBalancer: expect.stringMatching(/^arn:.+:loadbalancer\/app\/espalier-test-delivery\//),
      paymentInstances: [expect.stringMatching(/^i-/), expect.stringMatching(/^i-/)],
      paymentRole: `arn:aws:iam::${there}:role/espalier-test-payment-topology`,
      paymentDomain: "payment.shop.example",
    });
  });

  test("keeps its load balancers inside, in two zones", () => {
    const balancers = ofType(graph, "aws:lb/loadBalancer:LoadBalancer");
    expect(balancers).toHaveLength(4);
    for (const { inputs } of balancers) expect(inputs).toMatchObject({ internal: true });
    const zones = ofType(graph, "aws:ec2/subnet:Subnet").map(({ inputs }) => inputs.availabilityZone);
    expect(new Set(zones)).toEqual(new Set(["us-east-1a", "us-east-1b"]));
  });

  test("lets each part be reached from the one before it only", () => {
    expect(admitted("order")).toEqual([]);
    expect(admitted("lattice")).toEqual([
      { from: group("order"), port: 80 },
      { from: group("order"), port: 443 },
    ]);
    expect(admitted("balancers")).toEqual([
      { from: prefixes("com.amazonaws.us-east-1.vpc-lattice"), port: 80 },
      { from: prefixes("com.amazonaws.us-east-1.ipv6.vpc-lattice"), port: 80 },
    ]);
    expect(admitted("containers")).toEqual([{ from: group("balancers"), port: 8080 }]);
    expect(admitted("payment")).toEqual([
      { from: prefixes("com.amazonaws.us-east-1.vpc-lattice"), port: 8443 },
      { from: prefixes("com.amazonaws.us-east-1.ipv6.vpc-lattice"), port: 8443 },
    ]);
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

  test("runs payment on instances of another account, in a VPC of the same addresses", () => {
    expect(vpcs().map(({ account, inputs }) => [account, inputs.cidrBlock])).toEqual([
      ["123456789012", "10.0.0.0/16"],
      [there, "10.0.0.0/16"],
    ]);
    const instances = ofType(graph, "aws:ec2/instance:Instance");
    expect(instances.map(({ account }) => account)).toEqual([there, there]);
    expect(new Set(instances.map(({ inputs }) => inputs.subnetId)).size).toBe(2);
    for (const { inputs } of instances) {
      expect(inputs.metadataOptions).toEqual({ httpTokens: "required" });
      expect(Buffer.byteLength(String(inputs.userData))).toBeLessThan(16 * 1024);
    }
  });

  test("starts payment from the instances' user data, with TLS by a certificate of their own", () => {
    const [plan] = instancePlans(graph, "/disks");
    expect(plan?.process).toEqual({
      name: "ShopPayment1",
      command: ["node", "/disks/ShopPayment1/opt/shop/main.ts"],
      environment: {
        SHOP_SERVICE: "payment",
        SHOP_VERSION: "v1",
        HOST: "::",
        TLS_KEY: "/disks/ShopPayment1/etc/shop/key.pem",
        TLS_CERTIFICATE: "/disks/ShopPayment1/etc/shop/certificate.pem",
      },
      targets: [`${(graph.outputs.paymentInstances as string[])[0]}:8443`],
    });
    for (const file of plan?.files.values() ?? []) expect(file).not.toContain("@espalier/");
  });

  test("has its topology applied once all is there that it stands on, payment's after the network it joins", () => {
    const made = graph.resources.map(({ name }) => name);
    const after = (name: string, ...earlier: string[]) => {
      for (const each of earlier) expect(made.indexOf(each), each).toBeGreaterThanOrEqual(0);
      for (const each of earlier) expect(made.indexOf(name), each).toBeGreaterThan(made.indexOf(each));
    };
    after("ShopTopology", "TopologyRequestedTarget", "ProvisionWorkflow", "ShopVpc", "ShopAccessLogs");
    after("ShopPaymentTopology", "ShopTopology", "PaymentTopologyRole", "ShopPayment2", "ShopPaymentVpc");
    after("ShopPaymentName", "ShopPaymentTopology");
    for (const { inputs } of ofType(graph, "aws:lambda/invocation:Invocation"))
      expect(inputs).toMatchObject({
        functionName: "espalier-test-request-topology",
        lifecycleScope: "CRUD",
      });
  });

  test("keeps payment in the account of all else where no other is named, and shares nothing then", async () => {
    const alone = await recordStacks({ shop: true, paymentRole: "" });
    expect(new Set(alone.resources.map(({ account }) => account))).toEqual(new Set([graph.account]));
    expect(alone.outputs).toMatchObject({
      paymentAccount: graph.account,
      paymentRole: `arn:aws:iam::${graph.account}:role/espalier-test-payment-topology`,
      paymentServices: `arn:aws:vpc-lattice:us-east-1:${graph.account}:service/*`,
    });
    const shares = (of: Graph) =>
      /^ *share:/m.test(
        JSON.parse(String(ofType(of, "aws:lambda/invocation:Invocation")[0]?.inputs.input)).document,
      );
    expect([shares(graph), shares(alone)]).toEqual([true, false]);
  });

  test("lets payment's topology be made by those functions that apply topologies, and as no other role", () => {
    const { account, inputs } = the(graph, "aws:iam/role:Role", "name", "espalier-test-payment-topology");
    expect(account).toBe(there);
    const [{ Principal }] = JSON.parse(String(inputs.assumeRolePolicy)).Statement;
    const functions = [
      "request-topology",
      "plan-topology",
      "apply-topology",
      "follow-topology",
      "check-drift",
    ];
    expect(Principal.AWS).toEqual(
      functions.map((name) => `arn:aws:iam::123456789012:role/espalier-test-${name}`),
    );
    const [{ policy }] = inputs.inlinePolicies as [{ policy: string }];
    expect(policy).not.toMatch(/:vpc-lattice:[^"]*:123456789012:/);
    // Whether payment is called, which a destroy asks, its own account counts.
    expect(policy).toContain("cloudwatch:GetMetricData");
    // All inline policies of a role together: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    expect(policy.length).toBeLessThan(10_240);
  });
});
