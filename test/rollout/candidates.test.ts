import { describe, expect, test } from "vitest";
import { madeGroups, publish, serverAt, weightsById } from "./made-groups.ts";
import { healthy } from "./shop.ts";
import { startedWorld } from "./world.ts";

const world = startedWorld();
const quick = { strategy: { type: "canary", steps: [{ weight: 50, bakeMinutes: 1 }] } };
const targets = (...ids: string[]) => ({ type: "IP", targets: ids.map((id) => ({ id })) });
const ofService = async (name: string) =>
  (await madeGroups(world())).filter((group) => group.name.startsWith(`espalier-${name}-`));

/** Lets what retries by the clock go on. */
const aWhile = () => world().clock.advance(60_000);

const sweep = () => world().invoke("sweep-leftovers", { at: new Date(world().clock.now()).toISOString() });

describe("a candidate", () => {
  test("that is a function's version gets a group, which Lattice may invoke, and serves at its weight", async () => {
    const shop = await world().shop("orders", { v1: healthy });
    const arn = publish(world(), "order-function", "7");
    await world().request("f1", "orders", { candidate: arn, ...quick });
    expect(await world().summary("f1")).toMatchObject({
      status: "queued",
      reason: expect.stringMatching(/target group/),
    });
    await aWhile();
    const [group] = await ofService("orders");
    expect(group?.targets).toEqual([arn]);
    expect(await weightsById(world(), shop.serviceArn)).toEqual({
      [shop.groups.v1 ?? ""]: 50,
      [group?.id ?? ""]: 50,
    });
    expect(await world().untilEnded("f1")).toMatchObject({
      status: "promoted",
      counts: { candidate: { bad: 0 } },
    });
    const started = (await world().history("f1")).find(({ type }) => type === "rollout-started");
    expect(started).toMatchObject({ made: true, request: { candidate: arn } });
  });

  test("of targets is had though the handler that makes its group dies twice", async () => {
    await world().shop("listed", { v1: healthy });
    const address = await serverAt(world(), "10.0.201.1");
    for (const calls of [8, 12]) {
      world().aws.faults.arrange({ kind: "crash-during", function: "prepare-candidate", calls, count: 1 });
    }
    await world().request("t1", "listed", { candidate: targets(address), ...quick });
    await aWhile();
    world().aws.faults.clear();
    expect(await ofService("listed")).toMatchObject([{ targets: [address] }]);
    expect((await world().types("t1")).filter((type) => type === "rollout-started")).toHaveLength(1);
    await world().command("abort", "t1");
    await world().untilEnded("t1");
  });

  test("that Lattice does not take is refused with Lattice's reason, and swept away", async () => {
    const shop = await world().shop("nowhere", { v1: healthy });
    await world().request("n1", "nowhere", { candidate: targets("no-address") });
    await aWhile();
    expect(await world().summary("n1")).toMatchObject({
      status: "refused",
      reason: expect.stringMatching(
        /^candidate no-address could not be had: no-address is no target for Lattice/,
      ),
    });
    expect(await world().locks()).toEqual([]);
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
    expect(await ofService("nowhere")).toHaveLength(1);
    await sweep();
    await aWhile();
    expect(await ofService("nowhere")).toEqual([]);
  });

  test("can be called off while it is prepared, at once", async () => {
    await world().shop("unready", { v1: healthy });
    await world().request("u1", "unready", { candidate: targets(await serverAt(world(), "10.0.203.1")) });
    await world().command("abort", "u1");
    expect(await world().summary("u1")).toMatchObject({
      status: "refused",
      reason: 'aborted while it waited by ana, "a test"',
    });
    expect(await world().locks()).toEqual([]);
  });

  test("leaves nothing where its execution is stopped while it is prepared", async () => {
    await world().shop("stopped", { v1: healthy });
    const candidate = targets(await serverAt(world(), "10.0.204.1"));
    await world().stopIn("PrepareCandidate", { id: "s1", service: "stopped", candidate, ...quick });
    await world().minutes(2);
    expect(await world().locks()).toEqual([]);
    expect(await world().summary("s1")).toMatchObject({ status: "refused" });
    await sweep();
    await world().clock.advance(120_000);
    await sweep();
    await aWhile();
    expect(await ofService("stopped")).toEqual([]);
  });
});
