import { describe, expect, test } from "vitest";
import { serviceRole } from "./deployed-espalier.ts";
import { healthy } from "./shop.ts";
import { requestFor, startedWorld } from "./world.ts";

const world = startedWorld();
const versions = { v1: healthy, v2: healthy };

describe("a rollout whose execution", () => {
  test.for(["ShiftWeights", "Decide", "Wait"])(
    "is stopped in %s is rolled back and gives the service back",
    async (state) => {
      const service = `stopped-${state.toLowerCase()}`;
      const shop = await world().shop(service, versions);
      await world().stopIn(state, requestFor(`s-${state}`, service));
      await world().minutes(2);
      expect(await shop.weights()).toEqual({ default: { v1: 100 } });
      expect(await world().locks()).toEqual([]);
      expect(await world().summary(`s-${state}`)).toMatchObject({
        status: "rolled-back",
        reason: expect.stringContaining("its execution ended with ABORTED"),
      });
    },
  );

  test("is stopped while it was admitted leaves no lock and no rollout without an end", async () => {
    const shop = await world().shop("stopped-admit", versions);
    await world().stopIn("Admit", requestFor("s-admit", "stopped-admit"));
    await world().minutes(2);
    await world().invoke("sweep", {});
    await world().minutes(2);
    expect(await world().locks()).toEqual([]);
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
    expect(await world().types("s-admit")).toEqual([
      "rollout-started",
      "roll-back-decided",
      "weights-restored",
      "rollout-rolled-back",
    ]);
    expect(await world().summary("s-admit")).toMatchObject({
      status: "rolled-back",
      weight: 0,
      // Whether it was found by its end or by the sweep hangs on which came first, the end or its lock.
      reason: expect.stringMatching(/^rolled back at 0%: its execution (ended with ABORTED|was found dead);/),
    });
  });

  test("fails where no Catch sees it is rolled back", async () => {
    const shop = await world().shop("uncaught", versions);
    await world().request("u1", "uncaught");
    const dead = await world().owner("u1");
    world().deployed.redeploy("decide", { handler: "test/rollout/handlers/too-much.handler" });
    await world().minutes(2);
    world().deployed.redeploy("decide");
    await world().minutes(1);
    expect(await world().status(dead)).toBe("FAILED");
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
    expect(await world().locks()).toEqual([]);
    expect(await world().summary("u1")).toMatchObject({ status: "rolled-back" });
  });

  test("died without anybody being told is found by the sweep", async () => {
    const shop = await world().shop("unheard", versions);
    await world().request("u2", "unheard");
    await world().aws.call("events", "DisableRule", { Name: "ended" });
    await world().aws.call("states", "StopExecution", { executionArn: await world().owner("u2") });
    await world().minutes(2);
    expect(await shop.weights()).toEqual({ default: { v1: 90, v2: 10 } });
    await world().aws.call("events", "EnableRule", { Name: "ended" });
    expect(await world().invoke("sweep", {})).toEqual({ recovered: ["u2"] });
    await world().minutes(1);
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
    expect(await world().locks()).toEqual([]);
  });
});

test("a sweep gives back a service that a dead apply of a topology still holds", async () => {
  const lock = {
    service: "arn:held",
    rollout: "topology-1",
    owner: "arn:aws:states:us-east-1:123456789012:execution:gone:1",
  };
  await world().hold({ ...lock, generation: 1, at: "2026-01-01T00:00:00.000Z", work: "topology" });
  expect(await world().invoke("sweep", {})).toEqual({ recovered: ["topology-1"] });
  expect(await world().locks()).toEqual([]);
});

test("a sweep leaves a rollout alone that runs", async () => {
  const shop = await world().shop("running", versions);
  await world().request("alive", "running");
  expect(await world().invoke("sweep", {})).toEqual({ recovered: [] });
  expect(await shop.weights()).toEqual({ default: { v1: 90, v2: 10 } });
  await world().command("abort", "alive");
  await world().minutes(1);
});

test("a handler that dies between commit and publish has its events told by the next one, each once", async () => {
  await world().shop("untold", versions);
  await world().request("o1", "untold");
  await world().told();
  world().deployed.redeploy("decide", { roleArn: serviceRole(world().aws, "mute", "events:PutEvents") });
  await world().command("pause", "o1");
  expect(await world().types("o1")).toContain("rollout-paused");
  expect((await world().told()).map(({ type }) => type)).not.toContain("Rollout Paused");

  world().deployed.redeploy("decide");
  await world().minutes(2);
  expect((await world().told()).filter(({ type }) => type === "Rollout Paused")).toHaveLength(1);
  expect((await world().types("o1")).filter((type) => type === "rollout-paused")).toHaveLength(1);
  await world().command("abort", "o1");
  await world().minutes(1);
  expect(await world().locks()).toEqual([]);
});

test("a recovery that keeps failing is given up, told loudly, and taken up again when somebody says so", async () => {
  const shop = await world().shop("hopeless", versions);
  await world().request("hopeless", "hopeless");
  await world().told();
  world().deployed.redeploy("roll-back", { handler: "test/rollout/handlers/crash.handler" });
  await world().aws.call("states", "StopExecution", { executionArn: await world().owner("hopeless") });
  await world().clock.advance(3 * 3_600_000);
  const [lock] = await world().locks();
  expect(lock).toMatchObject({ rollout: "hopeless", generation: 21, recoveries: 20 });
  const told = (await world().told()).filter(({ type }) => type === "Recovery Abandoned");
  expect(told[0]?.detail.reason).toMatch(
    /^20 executions in a row .* invoke the function sweep with \{"again": "hopeless"\}$/,
  );
  expect(new Set(told.map(({ detail }) => detail.eventId)).size).toBe(1);

  world().deployed.redeploy("roll-back");
  await world().invoke("sweep", { again: "hopeless" });
  await world().clock.advance(120_000);
  expect(await world().locks()).toEqual([]);
  expect(await shop.weights()).toEqual({ default: { v1: 100 } });
}, 90_000);
