import { describe, expect, test } from "vitest";
import { failingOneIn, healthy } from "./shop.ts";
import { startedWorld } from "./world.ts";

const world = startedWorld();

describe("a canary", () => {
  test("of a healthy version moves step by step to everything, and gives the service back", async () => {
    const shop = await world().shop("inventory", { v1: healthy, v2: healthy });
    await world().minutes(2);
    await world().request("good", "inventory");
    expect(await shop.weights()).toEqual({ default: { v1: 90, v2: 10 } });
    expect(await world().locks()).toMatchObject([{ rollout: "good", service: shop.serviceArn }]);
    const execution = await world().owner("good");

    const summary = await world().untilEnded("good");
    expect(summary).toMatchObject({
      status: "promoted",
      weight: 100,
      counts: { candidate: { requests: 84, bad: 0 } },
    });
    expect(await shop.weights()).toEqual({ default: { v1: 0, v2: 100 } });
    expect(await world().locks()).toEqual([]);
    expect(await world().status(execution)).toBe("SUCCEEDED");
  });

  test("of a failing version is rolled back, and says on what numbers", async () => {
    const shop = await world().shop("payment", { v1: healthy, v2: failingOneIn(4) });
    await world().minutes(1, 200);
    await world().told();
    const steps = [{ weight: 10, bakeMinutes: 30 }];
    await world().request("bad", "payment", { strategy: { type: "canary", steps } });
    await world().minutes(8, 200);

    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
    const summary = await world().summary("bad");
    expect(summary).toMatchObject({ status: "rolled-back", weight: 10 });
    expect(summary?.reason).toMatch(
      /^rolled back at 10%: payment-v2 failed 25\.0% of \d+ requests, payment-v1 0\.0% of \d+, at least [\d.]+ times as many, since \d\d:\d\d UTC; evidence [\d,]+ : 1 against "no worse", 100 : 1 needed \(\d min\)$/,
    );
    const told = await world().told();
    expect(told.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        "Rollout Started",
        "Weights Shifted",
        "Roll Back Decided",
        "Rollout Rolled Back",
      ]),
    );
    expect(new Set(told.map(({ detail }) => detail.eventId)).size).toBe(told.length);
  });

  test("writes every place that forwards to the stable group, and no group of others", async () => {
    const shop = await world().shop("delivery", { v1: healthy, v2: healthy, other: healthy });
    await shop.addRule("both", { v1: 40, other: 60 });
    await shop.addRule("elsewhere", { other: 100 });
    const steps = [{ weight: 20, bakeMinutes: 1 }];
    await world().request("all-places", "delivery", {
      stable: "delivery-v1",
      strategy: { type: "canary", steps },
    });
    expect(await shop.weights()).toEqual({
      default: { v1: 80, v2: 20 },
      both: { v1: 32, other: 60, v2: 8 },
      elsewhere: { other: 100 },
    });
    await world().command("abort", "all-places");
    expect(await shop.weights()).toEqual({
      default: { v1: 100 },
      both: { v1: 40, other: 60 },
      elsewhere: { other: 100 },
    });
    await world().minutes(1);
    expect(await world().locks()).toEqual([]);
  });

  test("stops at weights that somebody else wrote, and leaves them", async () => {
    const shop = await world().shop("orders", { v1: healthy, v2: healthy });
    const steps = [
      { weight: 10, bakeMinutes: 1 },
      { weight: 50, bakeMinutes: 1 },
    ];
    await world().request("drift", "orders", { strategy: { type: "canary", steps } });
    await shop.setWeights({ v1: 70, v2: 30 });
    await world().minutes(4);
    expect(await shop.weights()).toEqual({ default: { v1: 70, v2: 30 } });
    const summary = await world().summary("drift");
    expect(summary?.status).toBe("stopped");
    expect(summary?.reason).toContain("has 30/70, not 10/90 or 50/50; they are left as found");
    expect(await world().locks()).toEqual([]);
  });

  test("whose listener is deleted ends, and gives the service back", async () => {
    const shop = await world().shop("removed", { v1: healthy, v2: healthy });
    await world().request("gone", "removed");
    await shop.deleteListener();
    await world().command("promote", "gone");
    await world().clock.advance(60_000);
    expect(await world().summary("gone")).toMatchObject({
      status: "stopped",
      reason: expect.stringMatching(
        /^stopped at 10%: the weights drifted, listener-\w+\/default no longer forwards/,
      ),
    });
    expect(await world().locks()).toEqual([]);
  });
});
