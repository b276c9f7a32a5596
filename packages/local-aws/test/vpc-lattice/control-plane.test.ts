import * as sdk from "@aws-sdk/client-vpc-lattice";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type LatticeRig, latticeRig } from "./lattice-rig.ts";
import { forward, group, network, service, vpcId } from "./shop-builder.ts";

const fixed = { fixedResponse: { statusCode: 404 } };

describe("Lattice's control plane", () => {
  let rig: LatticeRig;
  beforeEach(() => {
    rig = latticeRig();
  });
  afterEach(() => rig.close());

  test("names a service by its id, ARN and generated domain, and omits what was not set", async () => {
    const created = await rig.call("CreateService", { name: "inventory" });
    expect(created).toMatchObject({
      id: expect.stringMatching(/^svc-[0-9a-f]{17}$/),
      arn: `arn:aws:vpc-lattice:us-east-1:123456789012:service/${created.id}`,
      status: "CREATE_IN_PROGRESS",
      authType: "NONE",
      idleTimeoutSeconds: 60,
      dnsEntry: {
        domainName: `inventory-${created.id.slice(4)}.7d67968.vpc-lattice-svcs.us-east-1.on.aws`,
      },
    });
    expect(created.customDomainName).toBeUndefined();
    expect(await rig.call("GetService", { serviceIdentifier: created.arn })).toMatchObject({
      id: created.id,
      status: "ACTIVE",
      createdAt: new Date(rig.clock.now()),
    });
  });

  test("keeps the order and weights of target groups, as ids, 100 where no weight was given", async () => {
    const [one, two] = [await group(rig, "one"), await group(rig, "two")];
    const { arn } = await rig.call("GetTargetGroup", { targetGroupIdentifier: two });
    const shop = await service(rig, await network(rig));
    const ids = { serviceIdentifier: shop.id, listenerIdentifier: shop.listenerId };
    const { id } = await rig.call("CreateRule", {
      ...ids,
      name: "all",
      priority: 1,
      match: { httpMatch: { pathMatch: { match: { prefix: "/" } } } },
      action: {
        forward: {
          targetGroups: [{ targetGroupIdentifier: arn }, { targetGroupIdentifier: one, weight: 0 }],
        },
      },
    });
    expect(await rig.call("GetRule", { ...ids, ruleIdentifier: id })).toMatchObject({
      isDefault: false,
      match: {
        httpMatch: { headerMatches: [], pathMatch: { match: { prefix: "/" }, caseSensitive: false } },
      },
      action: forward([two, 100], [one, 0]),
    });
  });

  test("shows the default action as a rule that can neither be deleted nor updated", async () => {
    const shop = await service(rig, await network(rig));
    const ids = { serviceIdentifier: shop.id, listenerIdentifier: shop.listenerId };
    const { items } = await rig.call("ListRules", ids);
    expect(items).toMatchObject([{ isDefault: true, name: "default", priority: 99_999 }]);
    const ruleIdentifier = items[0].id;
    expect(await rig.call("GetRule", { ...ids, ruleIdentifier })).toMatchObject({ action: fixed });
    for (const change of ["DeleteRule", "UpdateRule"]) {
      await expect(rig.call(change, { ...ids, ruleIdentifier, action: fixed })).rejects.toMatchObject({
        code: "ValidationException",
      });
    }
    const action = { fixedResponse: { statusCode: 500 } };
    await rig.call("UpdateListener", { ...ids, defaultAction: action });
    expect(await rig.call("GetRule", { ...ids, ruleIdentifier })).toMatchObject({ action });
  });

  test("updates several rules each by itself, priorities may be swapped", async () => {
    const shop = await service(rig, await network(rig));
    const ids = { serviceIdentifier: shop.id, listenerIdentifier: shop.listenerId };
    const rule = async (name: string, priority: number): Promise<string> =>
      (
        await rig.call("CreateRule", {
          ...ids,
          name,
          priority,
          match: { httpMatch: { method: "GET" } },
          action: fixed,
        })
      ).id;
    const [one, two, three] = [await rule("one", 1), await rule("two", 2), await rule("three", 3)];
    const answer = await rig.call("BatchUpdateRule", {
      ...ids,
      rules: [
        { ruleIdentifier: one, priority: 2 },
        { ruleIdentifier: two, priority: 1 },
        { ruleIdentifier: three, priority: 2 },
        { ruleIdentifier: "rule-00000000000000000", priority: 9 },
      ],
    });
    expect(answer).toMatchObject({
      successful: [
        { id: one, priority: 2 },
        { id: two, priority: 1 },
      ],
      unsuccessful: [
        { ruleIdentifier: three, failureCode: "ConflictException" },
        { ruleIdentifier: "rule-00000000000000000", failureCode: "ResourceNotFoundException" },
      ],
    });
    const { items } = await rig.call("ListRules", ids);
    expect(items.map(({ id }: { id: string }) => id).slice(0, 3)).toEqual([two, one, three]);
  });

  test("gives lists in pages, unmoved by what is deleted in between", async () => {
    const names = Array.from({ length: 25 }, (_, index) => `network-${index}`);
    for (const name of names) await rig.call("CreateServiceNetwork", { name });
    const first = await rig.call("ListServiceNetworks", { maxResults: 10 });
    await rig.call("DeleteServiceNetwork", { serviceNetworkIdentifier: first.items[9].id });
    const second = await rig.call("ListServiceNetworks", { maxResults: 10, nextToken: first.nextToken });
    const third = await rig.call("ListServiceNetworks", { maxResults: 10, nextToken: second.nextToken });
    const seen = [first, second, third].flatMap(({ items }) =>
      items.map(({ name }: { name: string }) => name),
    );
    expect(seen.toSorted()).toEqual(names.toSorted());
    expect(third.nextToken).toBeUndefined();
    await expect(rig.call("ListServiceNetworks", { nextToken: "mine" })).rejects.toMatchObject({
      code: "ValidationException",
    });
  });

  test("makes nothing twice for one clientToken, and refuses it for anything else", async () => {
    const once = { name: "inventory", clientToken: "token" };
    const { id } = await rig.call("CreateService", once);
    expect((await rig.call("CreateService", once)).id).toBe(id);
    await expect(rig.call("CreateService", { ...once, authType: "AWS_IAM" })).rejects.toMatchObject({
      code: "ConflictException",
    });
    await expect(rig.call("CreateService", { name: "inventory" })).rejects.toMatchObject({
      code: "ConflictException",
      message: "Service inventory already exists",
      members: { resourceId: id, resourceType: "SERVICE" },
    });
  });

  test("tags what it makes, and what is there", async () => {
    const { arn } = await rig.call("CreateService", { name: "inventory", tags: { team: "a", gone: "soon" } });
    await rig.call("TagResource", { resourceArn: arn, tags: { team: "b", more: "" } });
    await rig.call("UntagResource", { resourceArn: arn, tagKeys: ["gone", "never"] });
    expect(await rig.call("ListTagsForResource", { resourceArn: arn })).toEqual({
      tags: { team: "b", more: "" },
    });
    await expect(
      rig.call("ListTagsForResource", { resourceArn: `${arn.slice(0, -1)}x` }),
    ).rejects.toMatchObject({ code: "ResourceNotFoundException" });
  });

  test("has every operation of the SDK's client", () => {
    const commands = Object.keys(sdk).filter((name) => /^[A-Z]\w+Command$/.test(name));
    const names = commands.map((name) => name.slice(0, -"Command".length));
    expect(Object.keys(rig.lattice.operations).toSorted()).toEqual(names.toSorted());
  });

  test.for([
    ["StartDomainVerification", {}],
    ["ListResourceGateways", {}],
  ] as const)("says that %s is not offered", async ([name]) => {
    const input = { resourceIdentifier: "x", destinationArn: "y", resourceArn: "z", policy: "{}" };
    await expect(rig.call(name, input)).rejects.toThrow(
      `vpc-lattice:${name} is not offered by this local AWS`,
    );
  });

  test.for([
    ["nothing", "CreateService", {}, ["name"]],
    ["a hyphen at the end", "CreateService", { name: "inventory-" }, ["name"]],
    ["a name like an id", "CreateService", { name: "svc-1" }, ["name"]],
    ["a name of 41 letters", "CreateService", { name: "a".repeat(41) }, ["name"]],
    [
      "several mistakes",
      "CreateService",
      { name: "A", authType: "x", idleTimeoutSeconds: 5 },
      ["name", "name", "authType", "idleTimeoutSeconds"],
    ],
    ["a tag of AWS's", "CreateServiceNetwork", { name: "shop", tags: { "aws:x": "" } }, ["tags.aws:x"]],
    ["no type", "CreateTargetGroup", { name: "one" }, ["type"]],
    [
      "no configuration",
      "CreateTargetGroup",
      { name: "one", type: "IP" },
      ["config.port", "config.protocol", "config.vpcIdentifier"],
    ],
    [
      "a port for a function",
      "CreateTargetGroup",
      { name: "one", type: "LAMBDA", config: { port: 1 } },
      ["config.port"],
    ],
    [
      "a check too often",
      "CreateTargetGroup",
      {
        name: "one",
        type: "IP",
        config: {
          port: 1,
          protocol: "HTTP",
          vpcIdentifier: vpcId,
          healthCheck: { healthCheckIntervalSeconds: 4 },
        },
      },
      ["config.healthCheck.healthCheckIntervalSeconds"],
    ],
    ["neither identifier", "ListServiceNetworkServiceAssociations", {}, ["serviceIdentifier"]],
    [
      "an id of another kind",
      "GetService",
      { serviceIdentifier: "tg-0123456789abcdef0" },
      ["serviceIdentifier"],
    ],
    ["a page of 101", "ListServices", { maxResults: 101 }, ["maxResults"]],
  ] as const)("does not take %s", async ([, operation, input, names]) => {
    const { account, arn } = { account: "123456789012", arn: "arn:aws:iam::123456789012:root" };
    const call = {
      caller: { type: "root", account, arn },
      account,
      region: "us-east-1",
      requestId: "1",
    } as const;
    const run = async () => rig.lattice.operations[operation]?.run(input, call);
    await expect(run()).rejects.toMatchObject({
      code: "ValidationException",
      status: 400,
      members: {
        reason: "fieldValidationFailed",
        fieldList: names.map((name) => ({ name, message: expect.any(String) })),
      },
    });
  });

  test.for([
    ["a weight of 1000", { forward: { targetGroups: [{ targetGroupIdentifier: "tg-", weight: 1000 }] } }],
    ["a negative weight", { forward: { targetGroups: [{ targetGroupIdentifier: "tg-", weight: -1 }] } }],
    ["half a weight", { forward: { targetGroups: [{ targetGroupIdentifier: "tg-", weight: 0.5 }] } }],
    ["no groups", { forward: { targetGroups: [] } }],
    ["status 503", { fixedResponse: { statusCode: 503 } }],
    ["both kinds", { fixedResponse: { statusCode: 404 }, forward: { targetGroups: [] } }],
    ["neither kind", {}],
  ] as const)("does not take an action with %s", async ([, action]) => {
    const only = await group(rig, "only");
    const shop = await service(rig, await network(rig));
    const defaultAction = JSON.parse(JSON.stringify(action).replaceAll("tg-", only));
    const ids = { serviceIdentifier: shop.id, listenerIdentifier: shop.listenerId };
    await expect(rig.call("UpdateListener", { ...ids, defaultAction })).rejects.toMatchObject({
      code: "ValidationException",
    });
    expect(await rig.call("GetListener", ids)).toMatchObject({ defaultAction: fixed });
  });

  test.for([["HTTP2"], ["GRPC"]])(
    "does not forward from HTTP to a group of version %s",
    async ([version]) => {
      const config = { port: 80, protocol: "HTTP", protocolVersion: version, vpcIdentifier: vpcId };
      const { id } = await rig.call("CreateTargetGroup", { name: "one", type: "IP", config });
      await expect(
        service(rig, await network(rig), { defaultAction: forward([id, 1]) }),
      ).rejects.toMatchObject({ code: "ValidationException" });
    },
  );

  test.for([
    ["no condition", {}],
    ["an empty list of headers, as GetRule shows it", { method: "GET", headerMatches: [] }],
    ["a path without its slash", { pathMatch: { match: { exact: "stock" } } }],
    ["a path that is exact and a prefix", { pathMatch: { match: { exact: "/", prefix: "/" } } }],
    ["six headers", { headerMatches: Array(6).fill({ name: "a", match: { exact: "b" } }) }],
  ] as const)("does not take a match with %s", async ([, httpMatch]) => {
    const shop = await service(rig, await network(rig));
    const rule = { name: "all", priority: 1, match: { httpMatch }, action: fixed };
    await expect(
      rig.call("CreateRule", { serviceIdentifier: shop.id, listenerIdentifier: shop.listenerId, ...rule }),
    ).rejects.toMatchObject({ code: "ValidationException" });
  });

  test.for([
    ["IP", "10.0.0", "no address"],
    ["IP", "fd00::1", "an IPv6 address"],
    ["IP", "52.94.76.1", "a public address"],
    ["INSTANCE", "10.0.0.1", "an address"],
    ["ALB", "i-0123456789abcdef0", "an instance"],
  ])("does not register, with %s, %s: %s", async ([type, id]) => {
    const config = { port: 80, protocol: "HTTP", vpcIdentifier: vpcId };
    const { id: groupId } = await rig.call("CreateTargetGroup", { name: "one", type, config });
    const targets = [{ id }];
    expect(await rig.call("RegisterTargets", { targetGroupIdentifier: groupId, targets })).toMatchObject({
      successful: [],
      unsuccessful: [{ id, failureCode: "UnsupportedTarget" }],
    });
  });

  test("registers instances of the group's VPC, and of this machine, and no others", async () => {
    const config = { port: 80, protocol: "HTTP", vpcIdentifier: vpcId };
    const { id } = await rig.call("CreateTargetGroup", { name: "one", type: "INSTANCE", config });
    const elsewhere = vpcId.replace(/0$/, "1");
    const subnet = { cidrBlock: "10.0.1.0/24", availabilityZone: "us-east-1a" };
    rig.ec2.putSubnet({ subnetId: "subnet-1", vpcId, ...subnet });
    rig.ec2.putSubnet({ subnetId: "subnet-2", vpcId: elsewhere, ...subnet });
    const instances = [0, 1, 2, 3].map((n) => `i-0123456789abcdef${n}`);
    rig.ec2.putInstance({ instanceId: "i-0123456789abcdef0", subnetId: "subnet-1" });
    rig.ec2.putInstance({ instanceId: "i-0123456789abcdef1", subnetId: "subnet-2" });
    rig.lattice.addresses.set("i-0123456789abcdef2:8080", "127.0.0.1:1");
    const targets = instances.map((instance) => ({ id: instance }));
    expect(await rig.call("RegisterTargets", { targetGroupIdentifier: id, targets })).toEqual({
      successful: [
        { id: "i-0123456789abcdef0", port: 80 },
        { id: "i-0123456789abcdef2", port: 80 },
      ],
      unsuccessful: [
        {
          id: "i-0123456789abcdef1",
          failureCode: "UnsupportedTarget",
          failureMessage: "Instance targets must be in the same VPC as their target group",
        },
        {
          id: "i-0123456789abcdef3",
          failureCode: "UnsupportedTarget",
          failureMessage: "Instance not found: i-0123456789abcdef3",
        },
      ],
    });
  });

  describe("of load balancers", () => {
    const elsewhere = vpcId.replace(/0$/, "1");
    const arnOf = (kind: string, name: string) =>
      `arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/${kind}/${name}/0123456789abcdef`;
    const fit = arnOf("app", "fit");
    beforeEach(() => {
      const subnet = { cidrBlock: "10.0.1.0/24", availabilityZone: "us-east-1a" };
      rig.ec2.putSubnet({ subnetId: "subnet-1", vpcId, ...subnet });
      rig.ec2.putSubnet({ subnetId: "subnet-2", vpcId: elsewhere, ...subnet });
      const balancer = { type: "application", internal: true, subnetIds: ["subnet-1"] } as const;
      rig.elb.putLoadBalancer({ ...balancer, arn: fit, name: "fit" });
      rig.elb.putLoadBalancer({ ...balancer, arn: arnOf("app", "public"), name: "public", internal: false });
      rig.elb.putLoadBalancer({ ...balancer, arn: arnOf("app", "net"), name: "net", type: "network" });
      const subnetIds = ["subnet-2"];
      rig.elb.putLoadBalancer({ ...balancer, arn: arnOf("app", "far"), name: "far", subnetIds });
      rig.elb.putListener({ arn: "listener", loadBalancerArn: fit, protocol: "HTTP", port: 8080 });
      rig.lattice.addresses.set(`${arnOf("app", "here")}:8080`, "127.0.0.1:1");
    });
    const groupOf = async (name: string) => {
      const config = { port: 8080, protocol: "HTTP", vpcIdentifier: vpcId };
      return (await rig.call("CreateTargetGroup", { name, type: "ALB", config })).id;
    };
    const register = (targetGroupIdentifier: string, ...targets: object[]) =>
      rig.call("RegisterTargets", { targetGroupIdentifier, targets });

    test.for([
      ["app", "none", 8080, "Load balancer not found"],
      ["app", "public", 8080, "Not an internal load balancer"],
      ["app", "net", 8080, "Not an application load balancer"],
      ["app", "far", 8080, "Load balancer targets must be in the same VPC as their target group"],
      ["app", "fit", 80, "The load balancer has no listener on port 80"],
      ["net", "fit", 8080, "is not the ARN of a load balancer"],
    ] as const)("does not register %s/%s at port %i: %s", async ([kind, name, port, message]) => {
      const target = { id: arnOf(kind, name), port };
      expect(await register(await groupOf("one"), target)).toMatchObject({
        successful: [],
        unsuccessful: [
          { ...target, failureCode: "UnsupportedTarget", failureMessage: expect.stringContaining(message) },
        ],
      });
    });

    test("registers what listens at the port, which is the group's by default, and what is of this machine", async () => {
      for (const id of [fit, arnOf("app", "here")])
        expect(await register(await groupOf(id === fit ? "one" : "two"), { id })).toEqual({
          successful: [{ id, port: 8080 }],
          unsuccessful: [],
        });
    });

    test("registers one in two groups, where it may come again, and in no third", async () => {
      const [first, second, third] = [await groupOf("one"), await groupOf("two"), await groupOf("three")];
      for (const group of [first, second, first])
        expect(await register(group, { id: fit })).toMatchObject({ unsuccessful: [] });
      expect(await register(third, { id: fit })).toMatchObject({
        successful: [],
        unsuccessful: [{ failureMessage: expect.stringContaining("2 target groups") }],
      });
      await rig.call("DeregisterTargets", { targetGroupIdentifier: first, targets: [{ id: fit }] });
      expect(await register(third, { id: fit })).toMatchObject({ unsuccessful: [] });
    });

    test("wants the caller to see load balancers", async () => {
      const group = await groupOf("one");
      const input = { targetGroupIdentifier: group, targets: [{ id: fit }] };
      const all = ["vpc-lattice:*", "ec2:*"];
      const blind = rig.role("blind", { Action: all, Resource: "*" });
      await expect(rig.call("RegisterTargets", input, blind)).rejects.toMatchObject({
        code: "AccessDeniedException",
        message: expect.stringContaining("elasticloadbalancing:DescribeLoadBalancers"),
      });
      const sees = "elasticloadbalancing:DescribeLoadBalancers";
      const seeing = rig.role("seeing", { Action: [...all, sees], Resource: "*" });
      expect(await rig.call("RegisterTargets", input, seeing)).toMatchObject({ unsuccessful: [] });
    });
  });
});
