import { expect, test } from "vitest";
import { healthy } from "./shop.ts";
import { startedWorld } from "./world.ts";

// A whole week takes a quarter of an hour: ESPALIER_DAYS=7 npx vitest run test/rollout/week.test.ts
const DAYS = Number(process.env.ESPALIER_DAYS ?? "0.05");
const MOST_TURNS = DAYS < 1 ? 20 : 200;
const world = startedWorld({ mostTurns: MOST_TURNS });

test(
  `a bake of ${DAYS} days with a look each minute ends in a promotion, each execution short and each look cheap`,
  async () => {
    const shop = await world().shop("week", { v1: healthy, v2: healthy });
    const minutes = Math.round(DAYS * 1440);
    const steps = [{ weight: 50, bakeMinutes: minutes }];
    await world().request("week", "week", { strategy: { type: "canary", steps } });
    await world().minutes(minutes, 2);
    const summary = await world().untilEnded("week", 10, 2);
    expect(summary).toMatchObject({ status: "promoted" });
    expect(summary?.minutes).toBeGreaterThanOrEqual(minutes);
    expect(summary?.counts?.candidate.requests).toBeGreaterThan(0.9 * minutes);
    expect(await shop.weights()).toEqual({ default: { v1: 0, v2: 100 } });

    const executions = await world().executions();
    expect(executions.length).toBeGreaterThanOrEqual(Math.floor(minutes / MOST_TURNS));
    expect(new Set(executions.map(({ status }) => status))).toEqual(new Set(["SUCCEEDED"]));
    for (const { executionArn } of executions.slice(0, 20)) {
      const { states, invocations } = await world().entered(executionArn);
      expect(states.length).toBeLessThan(5 * MOST_TURNS);
      expect(invocations).toBeLessThan(3 * MOST_TURNS);
    }
  },
  60_000 + DAYS * 600_000,
);
