import { ENOUGH_HISTORY, Minute, type Reading } from "@espalier/evidence";
import { describe, expect, test } from "vitest";
import { firstUnread, historyMinutes, look, RolloutEvent, wantedThresholds } from "../../src/index.ts";
import { admitted, after, driven, firstMinute, started } from "../builders.ts";

const asked = {
  strategy: { type: "adaptive" },
  metrics: [
    { name: "errors", weight: 0.6 },
    { name: "slowAtP90", weight: 0.2 },
    { name: "slowAtP99", weight: 0.2, slowerThanMs: 500 },
  ],
};

const nothing = { requests: null, bad: null };

/** Minutes of history in which every metric that is given counted so much of the stable group. */
const history = (slow: Readonly<Record<string, { requests: number; bad: number } | null>>): Reading[] =>
  Array.from({ length: 240 }, (_, k) => ({
    minute: Minute.parse(firstMinute - 240 + k),
    candidate: nothing,
    stable: { requests: 1200, bad: 1 },
    slow: Object.fromEntries(
      Object.entries(slow).map(([name, stable]) => [name, { candidate: nothing, stable: stable ?? nothing }]),
    ),
  }));

/** The event that a rollout's first look plans it with, as it is stored, and the rollout after it. */
function planned(readings: readonly Reading[], thresholds: Record<string, number>) {
  const story = driven(started([], asked));
  const [event] = story.add((rollout) => look(rollout, { readings, thresholds }, after(0)));
  const stored = RolloutEvent.parse(JSON.parse(JSON.stringify(event)));
  if (stored.type !== "rollout-planned") throw new Error(`the first look led to ${stored.type}`);
  const names = stored.plan.comparison.metrics.map(({ name }) => name);
  return { plan: stored.plan, reason: stored.reason, names, rollout: admitted(story.rollout) };
}

describe("the thresholds of an adaptive rollout", () => {
  test("are read off percentiles before it is planned, but for those the user sets, and fixed after", () => {
    const { rollout } = driven(started([], asked));
    expect(wantedThresholds(admitted(rollout))).toEqual({ slowAtP90: "p90", slowAtP99: 500 });
    const thresholds = { slowAtP90: 42, slowAtP99: 500 };
    const counted = { requests: 1200, bad: 12 };
    const {
      rollout: after,
      names,
      reason,
    } = planned(history({ slowAtP90: counted, slowAtP99: counted }), thresholds);
    expect(wantedThresholds(after)).toEqual(thresholds);
    expect(names).toEqual(["errors", "slowAtP90", "slowAtP99"]);
    expect(reason).toContain("slowAtP90 counts requests over 42 ms; slowAtP99 counts requests over 500 ms");
  });

  test("are of no use for a metric that was never counted while requests were, and the plan says so", () => {
    const { plan, names, reason } = planned(history({ slowAtP99: null }), { slowAtP99: 500 });
    expect(names).toEqual(["errors"]);
    expect(plan.thresholds).toEqual({});
    expect(reason).toContain("not compared: slowAtP90 and slowAtP99 (not measured here)");
  });

  test("need no history where the user sets them", () => {
    const { plan, names, reason } = planned([], { slowAtP99: 500 });
    expect(names).toEqual(["errors", "slowAtP99"]);
    expect(plan.thresholds).toEqual({ slowAtP99: 500 });
    expect(reason).toContain("not compared: slowAtP90 (no history");
  });

  test("and the noise are read off enough minutes, even if a fifth of them is missing and the last are not there yet", () => {
    const { rollout } = driven(started([], asked));
    const there = 0.81 * (firstMinute - 3 - firstUnread(admitted(rollout)));
    expect(there).toBeGreaterThanOrEqual(ENOUGH_HISTORY);
  });

  test("are read off no more minutes than a look can hold, where metrics are many, and still off enough", () => {
    expect([1, 3, 8, 9, 10].map(historyMinutes)).toEqual([300, 300, 300, 277, 250]);
    expect(historyMinutes(30)).toBe(ENOUGH_HISTORY + 5);
  });

  test("are the same for every strategy", () => {
    const canary = { ...asked, strategy: { type: "linear" } };
    expect(wantedThresholds(admitted(driven(started([], canary)).rollout))).toEqual({
      slowAtP90: "p90",
      slowAtP99: 500,
    });
  });
});
