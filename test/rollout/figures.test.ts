import { minuteEnd } from "@espalier/evidence";
import { describe, expect, test } from "vitest";
import { failingOneIn, healthy } from "./shop.ts";
import { startedWorld } from "./world.ts";

const world = startedWorld();

const canary = (...steps: [weight: number, bakeMinutes: number][]) => ({
  strategy: { type: "canary", steps: steps.map(([weight, bakeMinutes]) => ({ weight, bakeMinutes })) },
});

describe("a rollout", () => {
  test("of half an hour with a look each minute enters under 150 states and invokes under 90 functions", async () => {
    await world().shop("priced", { v1: healthy, v2: healthy });
    await world().request("priced", "priced", canary([10, 10], [25, 10], [50, 8]));
    const execution = await world().owner("priced");
    const summary = await world().untilEnded("priced");
    expect(summary).toMatchObject({ status: "promoted" });
    expect(summary?.minutes).toBeGreaterThanOrEqual(28);
    expect(summary?.minutes).toBeLessThan(34);

    const { states, invocations } = await world().entered(execution);
    expect(states.filter((name) => name === "CollectMetrics").length).toBeGreaterThanOrEqual(28);
    expect(states.length).toBeLessThan(150);
    expect(invocations).toBeLessThan(90);
  }, 120_000);

  test("that proves worse has its weights back within 5 s of when the metrics can be read", async () => {
    const shop = await world().shop("urgent", { v1: healthy, v2: failingOneIn(2) });
    await world().request("urgent", "urgent", canary([20, 30]));
    await world().untilEnded("urgent");
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
    const history = await world().history("urgent");
    const restored = history.find(({ type }) => type === "weights-restored");
    const last = history.findLast((event) => event.type === "minutes-closed");
    const proven = last?.type === "minutes-closed" ? last.minutes.at(-1) : undefined;
    if (restored === undefined || proven === undefined) throw new Error("it was not rolled back on evidence");
    const LAG_MS = 60_000;
    const late = Date.parse(restored.at) - (minuteEnd(proven.minute) + LAG_MS);
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(5_000);
  }, 60_000);
});
