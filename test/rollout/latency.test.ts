import { type Minute, minuteAt, type Reading } from "@espalier/evidence";
import { describe, expect, test } from "vitest";
import { healthy, slowerBy } from "./shop.ts";
import { startedWorld } from "./world.ts";

const world = startedWorld();

const adaptive = { type: "adaptive" };

/** What collecting metrics answers now, of the minutes after this one. */
async function collected(pair: object, after: number, slow: object) {
  const at = new Date(world().clock.now()).toISOString();
  const answer = await world().invoke("collect-metrics", { watch: { ...pair, after, slow }, at });
  return answer as { readings: Reading[]; thresholds: Record<string, number> };
}

const minuteNow = (): Minute => minuteAt(world().clock.now());

describe("slow requests", () => {
  test("are counted by given thresholds and by percentiles of the stable group, in both groups", async () => {
    const shop = await world().shop("stock", { v1: healthy, v2: healthy });
    await shop.setWeights({ v1: 75, v2: 25 });
    const before = minuteNow() - 1;
    await world().minutes(2, 80);
    await world().minutes(1, 0);
    await world().minutes(1, 80);
    const pair = { candidate: shop.groups.v2, stable: shop.groups.v1 };
    const wanted = { all: 0, none: 1e6, slowAtP90: "p90" };
    const { readings, thresholds } = await collected(pair, before, wanted);

    expect(thresholds).toEqual({ all: 0, none: 1e6, slowAtP90: expect.any(Number) });
    expect(readings.map(({ slow }) => slow?.all)).toEqual([
      { candidate: { requests: 20, bad: 20 }, stable: { requests: 60, bad: 60 } },
      { candidate: { requests: 20, bad: 20 }, stable: { requests: 60, bad: 60 } },
      { candidate: { requests: 0, bad: 0 }, stable: { requests: 0, bad: 0 } },
      // Its minute is over, and its metrics are not there yet.
      { candidate: { requests: null, bad: null }, stable: { requests: null, bad: null } },
    ]);
    expect(readings[0]?.slow?.none?.stable).toEqual({ requests: 60, bad: 0 });
    const above = readings.reduce((sum, { slow }) => sum + (slow?.slowAtP90?.stable.bad ?? 0), 0);
    expect(above).toBeGreaterThan(0);
    expect(above).toBeLessThanOrEqual(24);
  });

  test("have no threshold where the stable group has no history, and are not read without one", async () => {
    const shop = await world().shop("idle", { v1: healthy, v2: healthy });
    const pair = { candidate: shop.groups.v2, stable: shop.groups.v1 };
    const { readings, thresholds } = await collected(pair, minuteNow() - 3, { slowAtP90: "p90" });
    expect(thresholds).toEqual({});
    expect(readings[0]).not.toHaveProperty("slow");
  });
});

describe("an adaptive rollout", () => {
  test("of a version that is slow and fails nothing is rolled back, and says how slow", async () => {
    const shop = await world().shop("search", { v1: healthy, v2: slowerBy(200) });
    await world().minutes(12, 60);
    await world().request("slow", "search", { strategy: adaptive });
    const [planned] = (await world().history("slow")).filter(({ type }) => type === "rollout-planned");
    expect(planned).toMatchObject({
      reason: expect.stringMatching(/slowAtP90 counts requests over [\d.]+ ms; slowAtP99 counts/),
    });
    const summary = await world().untilEnded("slow");
    expect(summary).toMatchObject({ status: "rolled-back", counts: { candidate: { bad: 0 } } });
    expect(summary?.reason).toMatch(
      /search-v2 was slower than the stable p9[09] in \d+\.\d% of \d+ requests, search-v1 \d+\.\d% of/,
    );
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
  });

  test("of a service without a history says what it cannot compare", async () => {
    await world().shop("fresh", { v1: healthy, v2: healthy });
    await world().request("unknown", "fresh", { strategy: adaptive });
    const [planned] = (await world().history("unknown")).filter(({ type }) => type === "rollout-planned");
    expect(planned).toMatchObject({
      plan: { thresholds: {} },
      reason: expect.stringContaining(
        "not compared: slowAtP90 and slowAtP99 (no history to read a threshold off, and no slowerThanMs)",
      ),
    });
  });
});
