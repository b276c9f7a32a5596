import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refuseDead } from "../rollout/refuse-dead.ts";
import { sweep } from "../rollout/sweep.ts";
import { type AdmissionRig, admissionRig } from "./admission-rig.ts";

let rig: AdmissionRig;
beforeAll(async () => {
  rig = await admissionRig();
});
afterAll(() => rig.close());

const request = (id: string, service: string, whenLocked: string) => ({
  ...{ id, service, whenLocked, candidate: `${service}-v2`, requestedBy: "ana" },
});
const ask = (id: string, service: string, whenLocked = "queue") => rig.ask(request(id, service, whenLocked));
const holder = async (arn: string) => (await rig.dependencies.locks.read(arn))?.rollout;

/** A service that `first` holds, with a token for whoever waits. */
async function held(name: string) {
  const service = await rig.service(name, ["v1", "v2"]);
  expect(await ask(`${name}-first`, name)).toMatchObject({ outcome: "admitted" });
  return service;
}

/** Lets a rollout's wait begin, as the workflow would: false if something has happened since Admit looked. */
async function waits(id: string, { seen, nudges }: { seen: number; nudges: number }): Promise<boolean> {
  const { meta } = await rig.dependencies.store.load(id);
  return meta?.inbox.length === seen && meta.nudges === nudges;
}

describe("a request whose handler dies", () => {
  /** Asks until it is answered; the handler dies once, after so many writes. False if it had fewer to make. */
  async function dying(writes: number, id: string, service: string): Promise<boolean> {
    rig.dies.after = writes;
    await ask(id, service).catch((error: Error) => expect(error.message).toBe("died"));
    const died = rig.dies.after <= 0;
    rig.dies.after = undefined;
    return died;
  }

  test("after any of its writes still waits once, and begins once", async () => {
    let writes = 0;
    for (let died = true; died; ) {
      writes += 1;
      const name = `dying-${writes}`;
      const service = await held(name);
      died = await dying(writes, `${name}-2`, name);
      expect(await ask(`${name}-2`, name)).toMatchObject({ outcome: "queued" });
      expect(await rig.dependencies.queue.of(service.arn)).toMatchObject([{ rollout: `${name}-2` }]);
      await rig.end(`${name}-first`, service.arn);
      died = (await dying(writes, `${name}-2`, name)) || died;
      expect(await ask(`${name}-2`, name)).toMatchObject({ outcome: "admitted" });
      expect(await holder(service.arn)).toBe(`${name}-2`);
      expect(await rig.dependencies.queue.of(service.arn)).toEqual([]);
      const { commits } = await rig.dependencies.store.load(`${name}-2`);
      expect(commits.flatMap(({ events }) => events.map(({ type }) => type))).toEqual([
        "rollout-queued",
        "rollout-started",
      ]);
    }
    expect(writes).toBeGreaterThan(3);
  });
});

describe("a second request for a service", () => {
  test("that queues waits, visibly, and gets the service when it is given back", async () => {
    const service = await held("queued");
    const waiting = await ask("q2", "queued");
    expect(waiting).toMatchObject({ outcome: "queued", seen: 0, nudges: 0 });
    expect(await waits("q2", waiting)).toBe(true);
    expect(await rig.summary("q2")).toMatchObject({
      status: "queued",
      reason: expect.stringMatching(/^service queued is held by rollout queued-first since /),
    });
    await rig.end("queued-first", service.arn);
    expect(await waits("q2", waiting)).toBe(false);
    expect(await ask("q2", "queued")).toMatchObject({ outcome: "admitted" });
    expect(await holder(service.arn)).toBe("q2");
    expect(await rig.dependencies.queue.of(service.arn)).toEqual([]);
  });

  test("and a third are served in the order in which they came, and nobody goes before them", async () => {
    const service = await held("fifo");
    await ask("fifo-b", "fifo");
    await rig.clock.advance(1);
    await ask("fifo-a", "fifo");
    await rig.end("fifo-first", service.arn);
    expect(await ask("fifo-a", "fifo")).toMatchObject({ outcome: "queued" });
    expect(await ask("fifo-late", "fifo", "refuse")).toMatchObject({
      outcome: "refused",
      problems: [expect.stringMatching(/^service fifo is waited for by fifo-b; /)],
    });
    expect(await ask("fifo-b", "fifo")).toMatchObject({ outcome: "admitted" });
    await rig.end("fifo-b", service.arn);
    expect(await ask("fifo-a", "fifo")).toMatchObject({ outcome: "admitted" });
  });

  test("that supersedes stops the holder, in whose name and why, and goes before those that queue", async () => {
    const service = await held("taken");
    await ask("taken-queued", "taken");
    await ask("taken-new", "taken", "supersede");
    await ask("taken-new", "taken", "supersede");
    const { meta } = await rig.dependencies.store.load("taken-first");
    expect(meta?.inbox).toMatchObject([{ type: "abort", by: "ana", why: "superseded by taken-new" }]);
    await rig.end("taken-first", service.arn);
    expect(await ask("taken-queued", "taken")).toMatchObject({ outcome: "queued" });
    expect(await ask("taken-new", "taken", "supersede")).toMatchObject({ outcome: "admitted" });
  });

  test("that supersedes says so where the holder cannot be asked to stop", async () => {
    const { arn } = await held("deaf");
    await rig.dependencies.store.close("deaf-first");
    await ask("deaf-new", "deaf", "supersede");
    expect(await rig.summary("deaf-new")).toMatchObject({
      reason: expect.stringMatching(
        /^service deaf is held by rollout deaf-first since \S+, which is just ending$/,
      ),
    });
    await rig.service("early", ["v1", "v2"]);
    const early = await rig.dependencies.directory.service("early");
    if (early.type !== "found") throw new Error("there is no service early");
    const lock = { service: early.thing.arn, rollout: "early-first", owner: "execution:early-first" };
    await rig.dependencies.locks.take({ ...lock, generation: 1, at: rig.now(), work: "rollout" });
    await ask("early-new", "early", "supersede");
    expect(await rig.summary("early-new")).toMatchObject({
      reason: expect.stringMatching(/, which is asked to stop once it has begun$/),
    });
    expect(await holder(arn)).toBe("deaf-first");
  });

  test("that is not fit to run stops nobody", async () => {
    await held("unfit");
    const unfit = { ...request("unfit-new", "unfit", "supersede"), candidate: "unfit-v9" };
    expect(await rig.ask(unfit)).toMatchObject({ outcome: "refused" });
    const { meta } = await rig.dependencies.store.load("unfit-first");
    expect(meta?.inbox).toEqual([]);
  });

  test("is checked again when its turn has come", async () => {
    const service = await held("changed");
    await ask("changed-2", "changed");
    await service.setWeights({ v2: 100 });
    await rig.end("changed-first", service.arn);
    expect(await ask("changed-2", "changed")).toMatchObject({
      outcome: "refused",
      problems: [expect.stringContaining("already serves all of changed")],
    });
    expect(await holder(service.arn)).toBeUndefined();
  });

  test("is aborted while it waits, and told so; other commands are declined", async () => {
    const service = await held("called-off");
    await ask("c2", "called-off");
    const command = { at: rig.now(), by: "bo", why: "no" };
    await rig.dependencies.store.receive("c2", { id: "x", type: "pause", ...command });
    expect(await ask("c2", "called-off")).toMatchObject({ outcome: "queued", seen: 1 });
    await rig.dependencies.store.receive("c2", { id: "y", type: "abort", ...command });
    expect(await ask("c2", "called-off")).toMatchObject({ outcome: "refused" });
    expect(await rig.summary("c2")).toMatchObject({ reason: 'aborted while it waited by bo, "no"' });
    expect(rig.told.filter(({ rollout }) => rollout === "c2").map(({ type }) => type)).toEqual([
      "rollout-queued",
      "command-declined",
      "rollout-refused",
    ]);
    expect(await rig.dependencies.queue.of(service.arn)).toEqual([]);
    expect(await holder(service.arn)).toBe("called-off-first");
  });

  test("waits no longer than it says", async () => {
    const service = await held("patient");
    const impatient = { ...request("p2", "patient", "queue"), deadlines: { waitingMinutes: 30 } };
    const { until } = await rig.ask(impatient);
    expect(Date.parse(until ?? "")).toBe(rig.clock.now() + 30 * 60_000);
    await rig.clock.advance(30 * 60_000);
    expect(await rig.ask(impatient)).toMatchObject({
      outcome: "refused",
      problems: [expect.stringMatching(/^waited 30 min for its turn/)],
    });
    expect(await rig.dependencies.queue.of(service.arn)).toEqual([]);
  });

  test("is refused once its execution has died, so that the next one gets its turn", async () => {
    const service = await held("dead");
    await ask("dead-2", "dead");
    await rig.clock.advance(1);
    const waiting = await ask("dead-3", "dead");
    await rig.end("dead-first", service.arn);
    rig.dead.add("execution:dead-2");
    expect(await refuseDead(rig.dependencies, rig.now())).toEqual(["dead-2"]);
    expect(await rig.summary("dead-2")).toMatchObject({ status: "refused" });
    expect(await waits("dead-3", waiting)).toBe(false);
    expect(await ask("dead-3", "dead")).toMatchObject({ outcome: "admitted" });
    expect(await refuseDead(rig.dependencies, rig.now())).toEqual([]);
  });

  test("that waits for a dead apply of a topology is woken when the sweep frees the service", async () => {
    const service = await rig.service("applied", ["v1", "v2"]);
    const { locks, executions } = rig.dependencies;
    const owner = "execution:apply";
    const lock = { service: service.arn, rollout: "topology-1", owner, generation: 1, at: rig.now() };
    await locks.take({ ...lock, work: "topology" });
    const waiting = await ask("a1", "applied");
    expect(waiting).toMatchObject({ outcome: "queued" });
    rig.dead.add(owner);
    const none = { arnOf: (name: string) => name, start: async () => {} };
    const sweeping = sweep({ ...rig.dependencies, executions: { ...executions, ...none } });
    expect(await sweeping({ at: rig.now() })).toEqual({ recovered: ["topology-1"] });
    expect(await waits("a1", waiting)).toBe(false);
    expect(await ask("a1", "applied")).toMatchObject({ outcome: "admitted" });
  });

  test("that comes twice while it waits is one request", async () => {
    await held("doubled");
    await ask("d2", "doubled");
    const twin = { ...request("d2", "doubled", "queue") };
    expect(await rig.ask(twin, { execution: "execution:twin" })).toMatchObject({ outcome: "duplicate" });
    expect(await ask("d2", "doubled")).toMatchObject({ outcome: "queued" });
  });
});
