import { RemovePermissionCommand } from "@aws-sdk/client-lambda";
import { plan, type ReadyChange, readDocument, type TopologyDocument } from "@espalier/topology";
import { describe, expect, test } from "vitest";
import { makeChange, topologyClients } from "../../src/index.ts";
import { putFunction, runningLattice } from "./running-lattice.ts";

const logs = {
  group: "arn:aws:logs:us-east-1:123456789012:log-group:/shop",
  bucket: "arn:aws:s3:::shop-logs/lattice",
  stream: "arn:aws:firehose:us-east-1:123456789012:deliverystream/shop",
};
const certificate = (id: string) => `arn:aws:acm:us-east-1:123456789012:certificate/${id}`;
const listeners = { https: { protocol: "HTTPS", defaultAction: { fixedResponse: 404 } } };

const document = (service: object = {}, network: object = {}) =>
  readDocument({
    name: "shop",
    networks: { shop: network },
    services: { payment: { listeners, ...service } },
  });

const open = (written: TopologyDocument, existing: Parameters<typeof plan>[1]) =>
  plan(written, existing).changes.filter(({ state }) => state !== "unchanged");

describe("access logs", () => {
  const all = Object.values(logs);

  test("go to each kind of place, of a network and of a service, and elsewhere when the document says so", async () => {
    const { apply, read } = await runningLattice();
    const both = (accessLogs: string[]) => document({ accessLogs }, { accessLogs });
    expect(await apply(both(all))).toMatchObject({ created: 9, failures: [] });
    expect(await apply(both(all))).toMatchObject({ changes: [], unchanged: 9 });
    const moved = both([`${logs.group}-2`, logs.bucket]);
    expect(await apply(moved)).toMatchObject({ updated: 2, deleted: 2, failures: [] });
    const { networks, services } = await read(moved);
    for (const holder of [networks[0], services[0]])
      expect(holder?.accessLogs.map(({ destination }) => destination).sort()).toEqual([
        `${logs.group}-2:*`,
        logs.bucket,
      ]);
  });

  test("that somebody else arranged are left, and moved only when they are adopted", async () => {
    const { apply, read, aws } = await runningLattice();
    await apply(document());
    const [service] = (await read(document())).services;
    await aws.call("vpc-lattice", "CreateAccessLogSubscription", {
      resourceIdentifier: service?.id,
      destinationArn: logs.group,
    });
    const same = document({ accessLogs: [logs.group] });
    expect(open(same, await read(same))).toEqual([]);
    expect(open(document(), await read(document()))).toEqual([]);
    const moved = document({ accessLogs: [`${logs.group}-2`] });
    expect(open(moved, await read(moved))).toMatchObject([
      { state: "refused", address: "services.payment.accessLogs.logs" },
    ]);
    const address = "services.payment.accessLogs.logs";
    expect(
      plan(moved, await read(moved), [address]).changes.find((change) => change.address === address),
    ).toMatchObject({
      state: "ready",
      write: { operation: "TagResource" },
    });
  });
});

describe("a custom domain", () => {
  test("is chosen when the service is made, its certificate at any time", async () => {
    const { apply, read } = await runningLattice();
    const domain = (id?: string) =>
      document({ domain: { name: "payment.shop.example", ...(id && { certificate: certificate(id) }) } });
    expect(await apply(domain("a-1"))).toMatchObject({ created: 3, failures: [] });
    expect(await apply(domain("a-1"))).toMatchObject({ changes: [] });
    expect(await apply(domain("b-2"))).toMatchObject({
      changes: [
        {
          sentence: `change the service payment: certificate from ${certificate("a-1")} to ${certificate("b-2")}`,
        },
      ],
    });
    expect((await read(domain())).services).toMatchObject([
      { customDomain: "payment.shop.example", certificate: certificate("b-2") },
    ]);
    expect(await apply(domain())).toMatchObject({ updated: 1, failures: [] });
    expect((await read(domain())).services[0]?.certificate).toBeUndefined();
  });

  test.for([
    [
      "another",
      { domain: { name: "pay.shop.example" } },
      'is "pay.shop.example", and was "payment.shop.example"',
    ],
    ["none", {}, 'is not there, and was "payment.shop.example"'],
  ] as const)(
    "cannot become %s, and the document is refused with what to do",
    async ([, service, expected]) => {
      const { apply, read } = await runningLattice();
      await apply(document({ domain: { name: "payment.shop.example" } }));
      const changed = document(service);
      expect(open(changed, await read(changed))).toMatchObject([
        {
          state: "refused",
          address: "services.payment.domain.name",
          sentence: expect.stringMatching(
            new RegExp(`^${expected.replaceAll(".", "\\.")}; Lattice cannot change it: write a new service`),
          ),
        },
      ]);
    },
  );
});

describe("a function that is a target", () => {
  const order = "arn:aws:lambda:us-east-1:123456789012:function:order";
  const routed = readDocument({
    name: "shop",
    targetGroups: { order: { type: "LAMBDA", targets: [order] } },
    services: { order: { listeners: { http: { protocol: "HTTP", defaultAction: { forward: "order" } } } } },
  });

  test("may be invoked after an apply, and again after the leave was taken away", async () => {
    const { apply, aws, clients, read } = await runningLattice();
    putFunction(aws, "order");
    expect(await apply(routed)).toMatchObject({ created: 4, failures: [] });
    expect(open(routed, await read(routed))).toEqual([]);
    const policy = async () => (await read(routed)).targetGroups[0]?.functionPolicy ?? "";
    const { Sid } = JSON.parse(await policy()).Statement[0];
    await clients.functions.send(new RemovePermissionCommand({ FunctionName: order, StatementId: Sid }));
    expect(await apply(routed)).toMatchObject({
      changes: [
        {
          address: "targetGroups.order.permission",
          sentence: `let Lattice invoke ${order} for the target group order`,
        },
      ],
      failures: [],
    });
    expect(JSON.parse(await policy()).Statement).toMatchObject([
      { Principal: { Service: "vpc-lattice.amazonaws.com" }, Action: "lambda:InvokeFunction" },
    ]);
    expect(open(routed, await read(routed))).toEqual([]);
  });
});

describe("a function that the role may not open to Lattice", () => {
  const order = "arn:aws:lambda:us-east-1:123456789012:function:order";
  const written = (forward?: string) =>
    readDocument({
      name: "shop",
      targetGroups: { order: { type: "LAMBDA", targets: [order] } },
      services: {
        order: {
          listeners: {
            http: { protocol: "HTTP", defaultAction: forward ? { forward } : { fixedResponse: 404 } },
          },
        },
      },
    });

  /** The clients of a role that may do all but that. */
  async function barred() {
    const lattice = await runningLattice();
    const { aws } = lattice;
    putFunction(aws, "order");
    const lambda = { type: "service", account: aws.account, arn: "lambda.amazonaws.com" } as const;
    const { arn } = aws.iam.putRole({
      name: "applies",
      trust: {
        Statement: {
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      },
      policies: {
        all: {
          Statement: [
            { Effect: "Allow", Action: "*", Resource: "*" },
            { Effect: "Deny", Action: "lambda:AddPermission", Resource: "*" },
          ],
        },
      },
    });
    const credentials = aws.iam.credentialsOf(aws.iam.assume(arn, "session", lambda));
    const { endpoint, region } = aws;
    return { ...lattice, as: topologyClients({ endpoint, region, credentials, maxAttempts: 1 }) };
  }

  test("is not routed to, and the apply says what the role may not", async () => {
    const { apply, as } = await barred();
    const { created, failures } = await apply(written("order"), as);
    expect(created).toBe(2);
    expect(failures.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(
        /^register .+function:order with order: AccessDeniedException: .+ not authorized to perform: lambda:AddPermission/,
      ),
      expect.stringMatching(
        /^create the listener http .+: not tried, since it needs targetGroups\.order\.targets$/,
      ),
    ]);
  });

  test("is told of too where Lattice has lost its leave since", async () => {
    const { apply, as, clients, read } = await barred();
    await apply(written());
    const { Sid } = JSON.parse((await read(written())).targetGroups[0]?.functionPolicy ?? "").Statement[0];
    await clients.functions.send(new RemovePermissionCommand({ FunctionName: order, StatementId: Sid }));
    const { failures } = await apply(written("order"), as);
    expect(failures.map(({ address }) => address)).toEqual([
      "targetGroups.order.permission",
      "services.order.listeners.http",
    ]);
    expect(failures[0]?.sentence).toContain("not authorized to perform: lambda:AddPermission");
  });
});

describe("weights that a document enforces", () => {
  test("are written over those that are live, at each apply", async () => {
    const { apply, read } = await runningLattice();
    const target = (address: string) => ({
      type: "IP",
      vpc: "vpc-0123456789abcdef0",
      port: 80,
      targets: [address],
    });
    const written = (forward: Record<string, number>, weights = "enforce") =>
      readDocument({
        name: "shop",
        targetGroups: { "fruit-v1": target("10.0.0.1"), "fruit-v2": target("10.0.0.2") },
        services: {
          fruit: { weights, listeners: { http: { protocol: "HTTP", defaultAction: { forward } } } },
        },
      });
    await apply(written({ "fruit-v1": 100, "fruit-v2": 0 }));
    expect(await apply(written({ "fruit-v1": 30, "fruit-v2": 70 }, "rollouts"))).toMatchObject({
      changes: [],
    });
    const half = written({ "fruit-v1": 30, "fruit-v2": 70 });
    expect(await apply(half)).toMatchObject({ updated: 1, failures: [] });
    const [service] = (await read(half)).services;
    expect(service?.listeners[0]?.defaultAction).toMatchObject({
      forward: { targetGroups: [{ weight: 30 }, { weight: 70 }] },
    });
  });
});

describe("a change of a share, an access log or a function's policy", () => {
  test("does nothing when it is made once more", async () => {
    const { apply, aws, clients, read } = await runningLattice();
    putFunction(aws, "order");
    const share = (...principals: string[]) => ({ share: { principals } });
    await apply(document(share("222222222222"), { ...share("222222222222"), accessLogs: [logs.group] }));
    const changed = document(
      { accessLogs: [logs.bucket] },
      {
        ...share("222222222222", "333333333333"),
        accessLogs: [`${logs.group}-2`],
      },
    );
    const ready = open(changed, await read(changed)) as ReadyChange[];
    expect(ready.map(({ write }) => write.operation).sort()).toEqual([
      "AssociateResourceShare",
      "CreateAccessLogSubscription",
      "DeleteResourceShare",
      "UpdateAccessLogSubscription",
    ]);
    const make = async () => {
      for (const { address, write } of ready) await makeChange(clients, write, `run ${address}`);
      return read(changed);
    };
    const once = await make();
    expect(await make()).toEqual(once);
    const started = document(share("222222222222"));
    const [create] = open(started, await read(started)).filter(
      ({ address }) => address === "services.payment.share",
    );
    if (create?.state !== "ready") throw new Error("it is not shared");
    for (const _ of [1, 2]) await makeChange(clients, create.write, "token");
    const { resourceShares } = await aws.call("ram", "GetResourceShares", { resourceOwner: "SELF" });
    expect(resourceShares).toHaveLength(2);
  });
});
