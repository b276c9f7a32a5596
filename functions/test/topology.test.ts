import { type LocalAws, startLocalAws } from "@espalier/local-aws";
import { table as layout } from "@espalier/rollout";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { provisionWorkflow, table } from "./provision-workflow.ts";
import { statusFrom } from "./status-from.ts";

const vpc = "vpc-0123456789abcdef0";

let aws: LocalAws;
let workflow: Awaited<ReturnType<typeof provisionWorkflow>>;

beforeAll(async () => {
  aws = await startLocalAws({ seed: 1, speed: 60, lattice: { accessLogLagMs: { logs: 1, s3: 1 } } });
  aws.ec2.putVpc({ vpcId: vpc, cidrBlock: "10.0.0.0/16" });
  workflow = await provisionWorkflow(aws);
});
afterAll(() => aws.close());

/** One service with one target group, in a network; every name begins with the topology's. */
function document(name: string, idleTimeoutSeconds = 60) {
  return {
    name,
    networks: { [`${name}-net`]: { authType: "AWS_IAM" } },
    targetGroups: { [`${name}-v1`]: { type: "IP", vpc, port: 80, targets: ["10.0.0.1"] } },
    services: {
      [name]: {
        idleTimeoutSeconds,
        networks: [`${name}-net`],
        listeners: { http: { protocol: "HTTP", defaultAction: { forward: `${name}-v1` } } },
      },
    },
  };
}

async function serviceNamed(name: string) {
  const { items } = await aws.call("vpc-lattice", "ListServices", {});
  const [service] = items.filter((item: { name: string }) => item.name === name);
  return service as { id: string; arn: string; status: string; dnsEntry: { domainName: string } };
}

const lockOf = async (arn: string) => {
  const { pk, sk } = layout.lock(arn);
  const Key = { pk: { S: pk }, sk: { S: sk } };
  const { Item } = await aws.call("dynamodb", "GetItem", { TableName: table, Key, ConsistentRead: true });
  return Item;
};

describe("the provision workflow", () => {
  test("applies a document, keeps and tells what it did, says where the service is and gives it free", async () => {
    const { status, run } = await workflow.apply("a1", { document: document("pears") });
    expect(status).toBe("SUCCEEDED");
    expect(run).toMatchObject({
      status: "applied",
      id: "a1",
      name: "pears",
      report: { created: 6, failures: [] },
    });
    expect(await workflow.next()).toEqual([
      "Topology Applied",
      expect.objectContaining({ id: "a1", eventId: "a1-settled", name: "pears", status: "applied" }),
    ]);
    const service = await serviceNamed("pears");
    expect(service.status).toBe("ACTIVE");
    expect(await workflow.urlOf("pears")).toBe(`http://${service.dnsEntry.domainName}`);
    expect(await lockOf(service.arn)).toBeUndefined();

    const again = await workflow.apply("a2", { document: document("pears") });
    expect(again.run).toMatchObject({ status: "applied", report: { created: 0, updated: 0, unchanged: 6 } });
    await workflow.next();
  });

  test("refuses a document that is wrong, names the field and changes nothing", async () => {
    const wrong = { ...document("plums"), networks: { "plums-net": { authType: "IAM" } } };
    const { status, run } = await workflow.apply("b1", { document: wrong });
    expect(status).toBe("FAILED");
    const problem = 'document: networks.plums-net.authType is "IAM"; an authType is one of NONE, AWS_IAM';
    expect(run).toMatchObject({ status: "refused", name: "plums", problems: [problem] });
    expect(await workflow.next()).toEqual([
      "Topology Refused",
      expect.objectContaining({ problems: [problem] }),
    ]);
    expect(await serviceNamed("plums")).toBeUndefined();
  });

  test.for([[undefined], ["text"], [["a"]], [null]])(
    "refuses a request whose document is %j",
    async ([document]) => {
      const id = `c-${JSON.stringify(document)}`;
      expect((await workflow.apply(id, { document })).run).toMatchObject({ status: "refused" });
      await workflow.next();
    },
  );

  test("leaves a service alone that is being rolled out, and tells by whom it is held", async () => {
    await workflow.apply("d1", { document: document("figs") });
    await workflow.next();
    const { arn } = await serviceNamed("figs");
    const { pk, sk } = layout.lock(arn);
    const lock = {
      pk,
      sk,
      kind: "lock",
      service: arn,
      rollout: "figs-7",
      owner: "execution",
      at: "2026-01-01T00:00:00Z",
    };
    const Item = Object.fromEntries(Object.entries(lock).map(([key, value]) => [key, { S: value }]));
    await aws.call("dynamodb", "PutItem", { TableName: table, Item: { ...Item, generation: { N: "1" } } });
    const { status, run } = await workflow.apply("d2", { document: document("figs", 90) });
    expect(status).toBe("SUCCEEDED");
    expect(run).toMatchObject({
      report: {
        updated: 0,
        failures: [],
        left: [{ address: "services.figs", sentence: expect.stringContaining("held by rollout figs-7") }],
      },
    });
    expect(await lockOf(arn)).toMatchObject({ rollout: { S: "figs-7" } });
    await workflow.next();
  });

  test("finishes what does not depend on a failure, and tells that", async () => {
    const nowhere = { type: "LAMBDA", targets: [`arn:aws:lambda:us-east-1:${aws.account}:function:nowhere`] };
    const { status, run } = await workflow.apply("e1", {
      document: { ...document("dates"), targetGroups: { "dates-v1": nowhere } },
    });
    expect(status).toBe("FAILED");
    const left = ["targetGroups.dates-v1.targets", "services.dates.listeners.http"];
    expect(run).toMatchObject({
      status: "failed",
      report: { created: 4, failures: left.map((address) => expect.objectContaining({ address })) },
    });
    expect((await workflow.next())?.[0]).toBe("Topology Failed");
    const { arn } = await serviceNamed("dates");
    expect(await lockOf(arn)).toBeUndefined();
  });

  test("has one execution at a request that comes twice, and one outcome", async () => {
    const [one, two] = await Promise.all([
      workflow.apply("f1", { document: document("nuts") }),
      workflow.apply("f1", { document: document("nuts") }),
    ]);
    expect([one.status, two.status]).toEqual(["SUCCEEDED", "SUCCEEDED"]);
    expect(await workflow.runs.ended("f1")).toMatchObject({ status: "applied", report: { created: 6 } });
    expect(await serviceNamed("nuts")).toMatchObject({ status: "ACTIVE" });
    await workflow.next();
  });

  test("refuses a policy that cuts off a caller whom the access logs show, unless that is accepted", async () => {
    await aws.call("logs", "CreateLogGroup", { logGroupName: "access" });
    const { services } = document("melons");
    const open = (...paths: readonly string[]) => ({
      name: "melons",
      networks: {
        "melons-net": {
          authType: "AWS_IAM",
          vpcs: [{ vpc }],
          accessLogs: [`arn:aws:logs:${aws.region}:${aws.account}:log-group:access`],
          policy: { allow: paths.map((each) => `anyone, GET ${each} of melons`) },
        },
      },
      services: {
        melons: {
          ...services.melons,
          listeners: { http: { protocol: "HTTP", defaultAction: { fixedResponse: 404 } } },
        },
      },
    });
    await workflow.apply("melons-1", { document: open("/ripe", "/raw") });
    await workflow.next();
    const status = async (path: string) => statusFrom(aws, vpc, `${await workflow.urlOf("melons")}${path}`);
    expect(await status("/raw")).toBe(404);
    await vi.waitFor(async () => {
      const { events } = await aws.call("logs", "FilterLogEvents", { logGroupName: "access" });
      expect(events).toHaveLength(1);
    });

    expect((await workflow.apply("melons-2", { document: open("/ripe") })).run).toMatchObject({
      status: "refused",
      problems: [
        expect.stringContaining(
          "networks.melons-net.policy cuts off anonymous, which called melons so far: GET /raw (once)",
        ),
      ],
    });
    await workflow.next();
    expect(await status("/raw")).toBe(404);

    const accept = ["networks.melons-net.policy"];
    expect((await workflow.apply("melons-3", { document: open("/ripe"), accept })).run).toMatchObject({
      status: "applied",
    });
    await workflow.next();
    expect([await status("/raw"), await status("/ripe")]).toEqual([403, 404]);
  });

  test("is settled as broken where its execution is stopped, and another one goes on", async () => {
    const owner = await workflow.start("g1", { document: document("leeks") }, "Apply");
    await workflow.stop(owner);
    const event = { time: "2026-01-01T00:00:00.000Z", detail: { executionArn: owner, status: "ABORTED" } };
    expect(await workflow.invoke("settle-dead-runs", event)).toEqual({ settled: ["g1"] });
    expect(await workflow.runs.ended("g1")).toMatchObject({ status: "broken", error: "ExecutionEnded" });
    const { run } = await workflow.apply("g2", { document: document("leeks") });
    expect(run).toMatchObject({ status: "applied", report: { failures: [] } });
  });
});
