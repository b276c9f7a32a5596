import { pack } from "@espalier/topology";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkDrift } from "../provision/check-drift.ts";
import { table } from "./provision-workflow.ts";
import { named, only, type RunRig, runRig, vpc } from "./run-rig.ts";

let rig: RunRig;

beforeAll(async () => {
  rig = await runRig();
});
afterAll(() => rig.close());
beforeEach(() => {
  rig.aws.faults.clear();
  rig.door.take();
  rig.told();
});

const apply = (id: string, document: Written) => rig.walk({ what: "Apply", id, detail: { document } });
const destroy = (id: string, detail: object) => rig.walk({ what: "Destroy", id, detail });

/** So many services, each with two rules and two target groups, in one network. */
function document(name: string, size = 1, change: (written: Written) => void = () => {}) {
  const services = Array.from({ length: size }, (_, k) => `${name}-${k}`);
  const written: Written = {
    name,
    networks: { [`${name}-net`]: { authType: "AWS_IAM", policy: allow } },
    targetGroups: Object.fromEntries(
      services.flatMap((service) => [
        [`${service}-v1`, { type: "IP", vpc, port: 80, targets: ["10.0.0.1"] }],
        [`${service}-v2`, { type: "IP", vpc, port: 80, targets: ["10.0.0.2"] }],
      ]),
    ),
    services: Object.fromEntries(services.map((service) => [service, serviceOf(service, `${name}-net`)])),
  };
  change(written);
  return written;
}

interface Written {
  name: string;
  networks: Record<string, object>;
  targetGroups: Record<string, object>;
  // biome-ignore lint/suspicious/noExplicitAny: what is written may be anything.
  services: Record<string, any>;
}

const allow = { Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }] };

const serviceOf = (service: string, network: string) => ({
  networks: [network],
  listeners: {
    http: {
      protocol: "HTTP",
      defaultAction: { forward: { [`${service}-v1`]: 100, [`${service}-v2`]: 0 } },
      rules: [1, 2].map((priority) => ({
        name: `path-${priority}`,
        priority,
        match: { path: { prefix: `/${priority}` } },
        action: { forward: `${service}-v1` },
      })),
    },
  },
});

/** How often the most frequent call was made. */
function most(calls: readonly string[]): number {
  const counts = Map.groupBy(calls, (call) => call);
  return Math.max(0, ...[...counts.values()].map((same) => same.length));
}

/** Calls that list: their path ends with what is listed, not with an id. */
const lists =
  /^GET \/(services|targetgroups|servicenetworks|service.*associations|accesslogsubscriptions)$|^GET .*\/(listeners|rules)$|\/listtargets$|^GET \/tags\//;
const reads = (calls: readonly string[]) =>
  calls.filter((call) => call.startsWith("GET ") && !lists.test(call));
const writes = (calls: readonly string[]) =>
  calls.filter((call) => !call.startsWith("GET ") && !/\/(listtargets|getresourceshares)$/.test(call));

describe("the calls of a run", () => {
  test("are one write a thing and no read of any where there is none, and one read of each where all is there", async () => {
    const size = 4;
    // A network with its policy; of each service itself, its association, a listener and two rules, two groups and their targets.
    const things = 2 + size * (5 + 4);
    const made = await apply("calls-1", document("calls", size));
    expect(made).toMatchObject({ status: "applied", report: { created: things, failures: [] } });
    const creating = rig.door.take();
    expect(writes(creating)).toHaveLength(things);
    expect(reads(creating)).toEqual([]);

    const again = await apply("calls-2", document("calls", size));
    expect(again).toMatchObject({ status: "applied", report: { created: 0, unchanged: things } });
    const unchanged = rig.door.take();
    expect(writes(unchanged)).toEqual([]);
    expect(most(reads(unchanged))).toBe(1);
    // Also the policies that the services might have; associations and targets are read by lists.
    expect(reads(unchanged)).toHaveLength(2 + size * (2 + 1 + 2 + 2));
  });
});

describe("a run that is disturbed", () => {
  const applied = (id: string, name: string) => apply(id, document(name, 2));
  const allMade = { status: "applied", report: { created: 2 + 2 * 9, failures: [] } };

  test("makes nothing twice where the answers to creations get lost", async () => {
    const lost = { kind: "timeout-after-effect", service: "vpc-lattice" } as const;
    rig.aws.faults.arrange([
      { ...lost, operation: "CreateService", count: 1 },
      // More often than the client of the SDK tries by itself.
      { ...lost, operation: "CreateTargetGroup", count: 5 },
    ]);
    expect(await applied("lost-1", "lost")).toMatchObject(allMade);
    for (const service of ["lost-0", "lost-1"])
      expect(await named(rig, "ListServices", service)).toHaveLength(1);
    expect(await named(rig, "ListTargetGroups", "lost-0-v1")).toHaveLength(1);
  });

  test("makes nothing twice and loses nothing where its function dies between writes and writing them down", async () => {
    rig.dieBeforeWritingDown(2);
    expect(await applied("died-1", "died")).toMatchObject(allMade);
    for (const service of ["died-0", "died-1"])
      expect(await named(rig, "ListServices", service)).toHaveLength(1);
    expect(await named(rig, "ListTargetGroups", "died-0-v1")).toHaveLength(1);
  });

  test("waits out throttling", async () => {
    rig.aws.faults.arrange({ kind: "throttle", service: "vpc-lattice", operation: "CreateRule", count: 7 });
    expect(await applied("throttled-1", "throttled")).toMatchObject(allMade);
  });

  test("goes on, when it is run again, with what somebody else has begun meanwhile", async () => {
    expect(
      await rig.walk({ what: "Apply", id: "half-1", detail: { document: document("half", 2) } }, 1),
    ).toBeUndefined();
    rig.stop("half-1");
    await rig.settleDead({ at: rig.at() });
    const { report } = (await apply("half-2", document("half", 2))) as { report: { created: number } };
    expect(report).toMatchObject({ failures: [] });
    expect(report.created).toBeLessThan(2 + 2 * 9);
    expect(await named(rig, "ListServices", "half-0")).toHaveLength(1);
  });
});

describe("two runs at the same time", () => {
  test("of one document make each thing once, and both come to an end", async () => {
    const both = await Promise.all(["twin-1", "twin-2"].map((id) => apply(id, document("twin", 2))));
    expect(both.map((run) => run?.status)).toContain("applied");
    for (const service of ["twin-0", "twin-1"])
      expect(await named(rig, "ListServices", service)).toHaveLength(1);
    expect(await named(rig, "ListTargetGroups", "twin-0-v1")).toHaveLength(1);
    expect(await rig.locks.list()).toEqual([]);
    const again = await apply("twin-3", document("twin", 2));
    expect(again).toMatchObject({ status: "applied", report: { failures: [], left: [] } });
  });

  test("of two documents that meet in a network leave each other's things alone", async () => {
    const guest = (name: string) =>
      document(name, 1, (written) => {
        written.networks = { "hall-net": "external" as never };
        for (const service of Object.values(written.services)) service.networks = ["hall-net"];
      });
    await apply("hall-1", document("hall"));
    const ends = await Promise.all([
      apply("hall-2", document("hall", 2)),
      apply("guest-1", guest("guest")),
      apply("other-1", guest("other")),
    ]);
    expect(ends).toMatchObject(ends.map(() => ({ status: "applied", report: { failures: [], left: [] } })));
    const { id } = await only(rig, "ListServiceNetworks", "hall-net");
    const inHall = async () => {
      const asked = { serviceNetworkIdentifier: id };
      const { items } = await rig.aws.call("vpc-lattice", "ListServiceNetworkServiceAssociations", asked);
      return items.map(({ serviceName }: { serviceName: string }) => serviceName).toSorted();
    };
    expect(await inHall()).toEqual(["guest-0", "hall-0", "hall-1", "other-0"]);
    expect(await destroy("hall-3", { name: "hall" })).toMatchObject({
      status: "refused",
      problems: [expect.stringContaining("networks.hall-net is not in the document any more, and others")],
    });
    await Promise.all([destroy("guest-2", { name: "guest" }), destroy("other-2", { name: "other" })]);
    expect(await inHall()).toEqual(["hall-0", "hall-1"]);
    expect(await destroy("hall-4", { name: "hall" })).toMatchObject({ status: "applied" });
  });
});

describe("a run whose execution ended without settling it", () => {
  const begun = async (id: string) => {
    await rig.walk({ what: "Apply", id, detail: { document: document(id) } }, 2);
    rig.stop(id);
  };
  const ended = (id: string, status: string) => ({
    time: rig.at(),
    detail: { executionArn: `execution-${id}`, status },
  });

  test("is settled as broken when that is told, once, and its services are free", async () => {
    await begun("stopped");
    expect(await rig.settleDead(ended("stopped", "ABORTED"))).toEqual({ settled: ["stopped"] });
    expect(await rig.runs.ended("stopped")).toMatchObject({
      status: "broken",
      name: "stopped",
      cause: "its execution ended with ABORTED",
    });
    expect(await rig.locks.list()).toEqual([]);
    expect(await rig.settleDead(ended("stopped", "ABORTED"))).toEqual({ settled: [] });
  });

  test("changes nothing more where a function of its is still at work", async () => {
    await begun("late");
    await rig.settleDead({ at: rig.at() });
    rig.door.take();
    expect(await rig.apply("late")).toEqual({ next: "drop" });
    expect(writes(rig.door.take())).toEqual([]);
  });

  test("is found where nobody tells, and none that runs is", async () => {
    await begun("swept");
    await rig.walk({ what: "Apply", id: "running", detail: { document: document("running") } }, 1);
    expect(await rig.settleDead({ at: rig.at() })).toEqual({ settled: ["swept"] });
    expect(await rig.settleDead({ at: rig.at() })).toEqual({ settled: [] });
    expect(await rig.runs.ended("running")).toBeUndefined();
    rig.stop("running");
    await rig.settleDead({ at: rig.at() });
  });

  test("is settled where it never began, and not where it has ended by itself", async () => {
    expect(await rig.settleDead(ended("unheard", "TIMED_OUT"))).toEqual({ settled: ["unheard"] });
    await rig.walk({ what: "Apply", id: "refused", detail: { document: { name: 7 } } });
    expect(await rig.settleDead(ended("refused", "FAILED"))).toEqual({ settled: [] });
    expect(await rig.runs.ended("refused")).toMatchObject({ status: "refused" });
  });
});

describe("a run that breaks off", () => {
  test.for([
    [
      '{"errorType":"AccessDenied","errorMessage":"it may not \\"assume\\" that","trace":["at x (y.mjs:1:2)"',
      'it may not "assume" that',
    ],
    ['{"errorType":"Error","errorMessage":"cut sho', "cut sho"],
    ["no JSON at all", "no JSON at all"],
    ['{"other":1}', '{"other":1}'],
  ] as const)("keeps of %s what was said, and no trace", async ([cause, said]) => {
    const id = `broken-${said}`;
    await rig.settle({ type: "broken", name: "torn", error: "AccessDenied", cause }, id);
    expect(await rig.runs.ended(id)).toMatchObject({ status: "broken", cause: said });
  });
});

describe("a run whose end cannot be told", () => {
  test("is told once the bus is back, once, and changes nothing of what was applied after it", async () => {
    rig.takeBusDown(true);
    await expect(apply("untold-1", document("untold"))).rejects.toThrow("the bus is down");
    expect(await rig.locks.list()).toEqual([]);
    expect(await rig.runs.ended("untold-1")).toMatchObject({ status: "applied" });
    await rig.clock.advance(11 * 60_000);
    await expect(rig.settleDead({ at: rig.at() })).rejects.toThrow("the bus is down");
    rig.takeBusDown(false);
    const second = document("untold", 1, (written) => Object.assign(written, { tags: { team: "second" } }));
    await apply("untold-2", second);
    rig.told();
    expect(await rig.settleDead({ at: rig.at() })).toEqual({ settled: ["untold-1"] });
    expect(rig.told()).toMatchObject([["Topology applied", { id: "untold-1", status: "applied" }]]);
    expect(await rig.topologies.applied("untold")).toMatchObject({ tags: { team: "second" } });
    expect(await rig.settleDead({ at: rig.at() })).toEqual({ settled: [] });
  });

  test("is left to its own execution for as long as that goes on trying", async () => {
    rig.takeBusDown(true);
    await expect(apply("trying-1", document("trying"))).rejects.toThrow("the bus is down");
    rig.takeBusDown(false);
    await rig.clock.advance(5 * 60_000);
    expect(await rig.settleDead({ at: rig.at() })).toEqual({ settled: [] });
    await rig.clock.advance(6 * 60_000);
    expect(await rig.settleDead({ at: rig.at() })).toEqual({ settled: ["trying-1"] });
  });
});

describe("what the table has of a run", () => {
  test("goes after a month, all of it; what was applied stays", async () => {
    await apply("month-1", document("month"));
    const { Items } = await rig.aws.call("dynamodb", "Scan", { TableName: table });
    const of = (pk: string) =>
      (Items as { pk: { S: string }; expires?: { N: string } }[]).filter((item) => item.pk.S === pk);
    const month = Date.parse(rig.at()) / 1000 + 30 * 24 * 3600;
    expect(of("TOPOLOGY#month-1").length).toBeGreaterThan(3);
    for (const { expires } of of("TOPOLOGY#month-1"))
      expect(Math.abs(Number(expires?.N) - month)).toBeLessThan(3600);
    expect(of("TOPOLOGY-NAME#month")).toHaveLength(1);
    expect(of("TOPOLOGY-NAME#month")[0]?.expires).toBeUndefined();
  });
});

describe("a topology that is destroyed", () => {
  test("goes in the order that Lattice allows, and what others made stays", async () => {
    await apply("gone-1", document("gone", 2));
    await apply("stays-1", document("stays"));
    expect(await rig.topologies.names()).toContain("gone");
    expect(await destroy("gone-2", { name: "gone" })).toMatchObject({
      status: "applied",
      report: { failures: [] },
    });
    expect(await named(rig, "ListServices", "gone-0")).toEqual([]);
    expect(await named(rig, "ListServiceNetworks", "gone-net")).toEqual([]);
    expect(await named(rig, "ListTargetGroups", "gone-0-v1")).toEqual([]);
    expect(await named(rig, "ListServices", "stays-0")).toHaveLength(1);
    expect(await rig.topologies.names()).not.toContain("gone");
  });

  test("goes as the role as which an apply was begun, though it never came to its end", async () => {
    const role = "arn:aws:iam::222222222222:role/topologies";
    const wrong = document("half-theirs", 1, (written) => Object.assign(written, { role }));
    await rig.walk({ what: "Apply", id: "half-theirs-1", detail: { document: wrong } }, 1);
    rig.stop("half-theirs-1");
    await rig.settleDead({ at: rig.at() });
    await destroy("half-theirs-2", { name: "half-theirs" });
    expect((await rig.runs.load("half-theirs-2"))?.request.document.role).toBe(role);
    expect(await rig.topologies.roleOf("half-theirs")).toBeUndefined();
  });

  test("goes as the role that it was applied as, which the request need not name", async () => {
    const role = "arn:aws:iam::222222222222:role/topologies";
    await apply(
      "theirs-1",
      document("theirs", 1, (written) => Object.assign(written, { role })),
    );
    await destroy("theirs-2", { name: "theirs" });
    expect((await rig.runs.load("theirs-2"))?.request.document).toMatchObject({ name: "theirs", role });
  });

  test("is refused while a rollout holds one of its services, and leaves that alone even where traffic is no matter", async () => {
    await apply("held-1", document("held"));
    const { arn } = await only(rig, "ListServices", "held-0");
    const lock = { service: arn, rollout: "held-7", owner: "a-rollout", generation: 1, at: rig.at() };
    await rig.locks.take({ ...lock, work: "rollout" });
    expect(await destroy("held-2", { name: "held" })).toMatchObject({
      status: "refused",
      problems: ["document: services.held-0 is held by the rollout held-7; let it end, or abort it"],
    });
    const run = await destroy("held-3", { name: "held", evenWithTraffic: true });
    if (run?.status !== "failed") throw new Error(`the run is ${run?.status}`);
    expect(run.report.failures).toEqual([]);
    expect(run.report.left.map(({ address }) => address).toSorted()).toEqual([
      "networks.held-net",
      "services.held-0",
      "services.held-0.networks.held-net",
      "targetGroups.held-0-v1",
      "targetGroups.held-0-v2",
    ]);
    expect(await rig.topologies.names()).toContain("held");
    expect(await named(rig, "ListServices", "held-0")).toHaveLength(1);
    await rig.locks.release(lock);
  });

  test.for([{}, { name: "No Name" }, { name: "gone", evenWithTraffic: "yes" }])(
    "is refused where it is asked for as %j",
    async (detail) => {
      expect(await destroy(`wrong-${JSON.stringify(detail)}`, detail)).toMatchObject({ status: "refused" });
    },
  );
});

describe("drift", () => {
  test("is told once, anew when it is another one, and once that it is gone", async () => {
    // Alone, since every topology there is is looked at.
    const alone = await runRig();
    const apply = (id: string) => alone.walk({ what: "Apply", id, detail: { document: document("drift") } });
    await apply("drift-1");
    const check = async () => {
      alone.told();
      const { drifted } = await alone.checkDrift({ at: alone.at() });
      const news = alone.told().filter(([, { name }]) => name === "drift");
      return [drifted.includes("drift"), ...news.map(([detailType]) => detailType)];
    };
    expect(await check()).toEqual([false]);
    const { id } = await only(alone, "ListServices", "drift-0");
    await alone.aws.call("vpc-lattice", "UpdateService", { serviceIdentifier: id, authType: "AWS_IAM" });
    expect(await check()).toEqual([true, "Topology Drifted"]);
    expect(await check()).toEqual([true]);
    const network = await only(alone, "ListServiceNetworks", "drift-net");
    await alone.aws.call("vpc-lattice", "DeleteAuthPolicy", { resourceIdentifier: network.id });
    expect(await check()).toEqual([true, "Topology Drifted"]);
    await apply("drift-2");
    expect(await check()).toEqual([false, "Topology Drift Ended"]);
    expect(await check()).toEqual([false]);
    await alone.close();
  });

  test("is looked for in every topology, also after one that cannot be read", async () => {
    await apply("first-1", document("first"));
    await apply("second-1", document("second"));
    const looked: string[] = [];
    const check = checkDrift({
      topologies: rig.topologies,
      read: async ({ name }) => {
        looked.push(name);
        throw new Error(`${name} cannot be read`);
      },
      tell: async () => undefined,
    });
    await expect(check({ at: rig.at() })).rejects.toThrow("cannot be read");
    expect(looked).toEqual(expect.arrayContaining(["first", "second"]));
  });
});

describe("a document", () => {
  test("may come compressed", async () => {
    const packed = Buffer.from(pack(document("large"))).toString("base64");
    expect(await rig.walk({ what: "Apply", id: "large-1", detail: { packed } })).toMatchObject({
      status: "applied",
    });
    const refused = await rig.walk({ what: "Apply", id: "large-2", detail: { packed: "bm90IGd6aXA=" } });
    expect(refused).toMatchObject({ problems: [expect.stringContaining("packed cannot be read")] });
  });
});
