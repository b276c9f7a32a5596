import { describe, expect, test } from "vitest";
import { healthy } from "./shop.ts";
import { startedWorld } from "./world.ts";

const world = startedWorld({ mostTurns: 3 });
const versions = { v1: healthy, v2: healthy };
const long = { strategy: { type: "canary", steps: [{ weight: 10, bakeMinutes: 20 }] } };
const broken = { handler: "test/rollout/handlers/crash.handler" };

/** How often the rollout has changed its execution, counted from 1. */
const generation = async (id: string) =>
  (await world().locks()).find(({ rollout }) => rollout === id)?.generation;

describe("a rollout longer than an execution may be", () => {
  test("goes on in another one, and another, to its end", async () => {
    const shop = await world().shop("long", versions);
    const before = (await world().executions()).length;
    await world().request("long", "long", long);
    await world().minutes(6);
    expect(await generation("long")).toBeGreaterThanOrEqual(3);
    expect(await world().untilEnded("long")).toMatchObject({ status: "promoted" });
    expect(await shop.weights()).toEqual({ default: { v1: 0, v2: 100 } });
    expect(await world().locks()).toEqual([]);
    const executions = (await world().executions()).slice(0, -before || undefined);
    expect(executions.length).toBeGreaterThan(5);
    expect(new Set(executions.map(({ status }) => status))).toEqual(new Set(["SUCCEEDED"]));
    expect((await world().types("long")).filter((type) => type === "rollout-promoted")).toHaveLength(1);
  });

  test("hears a command that comes while it changes executions", async () => {
    const shop = await world().shop("hears", versions);
    await world().request("hears", "hears", long);
    world().deployed.redeploy("take-up", broken);
    await world().minutes(2);
    await world().command("abort", "hears");
    expect(await shop.weights()).toEqual({ default: { v1: 90, v2: 10 } });
    world().deployed.redeploy("take-up");
    await world().minutes(2);
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
    expect(await world().summary("hears")).toMatchObject({
      status: "rolled-back",
      reason: expect.stringContaining("aborted by ana"),
    });
    expect(await world().locks()).toEqual([]);
  });
});

describe("between the start of the next execution and its taking over", () => {
  test("a sweep gives it the lock, and rolls nothing back", async () => {
    const shop = await world().shop("swept", versions);
    await world().request("swept", "swept", long);
    const first = await world().owner("swept");
    world().deployed.redeploy("take-up", broken);
    // Not longer: the next execution gives up once its attempts to take over are spent.
    await world().minutes(1);
    expect(await world().status(first)).toBe("SUCCEEDED");
    expect(await world().locks()).toMatchObject([{ rollout: "swept", owner: first }]);
    expect(await world().invoke("sweep", {})).toEqual({ recovered: ["swept"] });
    world().deployed.redeploy("take-up");
    await world().minutes(2);
    expect(await generation("swept")).toBeGreaterThanOrEqual(2);
    expect(await shop.weights()).toEqual({ default: { v1: 90, v2: 10 } });
    expect((await world().summary("swept"))?.status).toBe("baking");
    await world().command("abort", "swept");
    expect(await world().untilEnded("swept", 10)).toMatchObject({ status: "rolled-back" });
    expect(await world().locks()).toEqual([]);
  });

  test("the next execution is killed: the rollout is rolled back, and the service given back", async () => {
    const shop = await world().shop("killed", versions);
    await world().request("killed", "killed", long);
    world().deployed.redeploy("take-up", broken);
    await world().minutes(2);
    const next = (await world().executions()).find(({ executionArn }) => executionArn.endsWith(":killed-2"));
    await world().aws.call("states", "StopExecution", { executionArn: next?.executionArn });
    world().deployed.redeploy("take-up");
    await world().minutes(1);
    expect(await shop.weights()).toEqual({ default: { v1: 90, v2: 10 } });
    // The first sweep hands the lock to the one that is dead, the second finds it dead.
    await world().invoke("sweep", {});
    await world().invoke("sweep", {});
    await world().minutes(1);
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
    expect(await world().summary("killed")).toMatchObject({ status: "rolled-back" });
    expect(await world().locks()).toEqual([]);
  });
});

test("an execution that is killed before it starts the next one is recovered like any other", async () => {
  const shop = await world().shop("early", versions);
  await world().request("early", "early", long);
  await world().minutes(1);
  await world().aws.call("states", "StopExecution", { executionArn: await world().owner("early") });
  await world().minutes(1);
  expect(await shop.weights()).toEqual({ default: { v1: 100 } });
  expect(await world().locks()).toEqual([]);
});
