import { beforeEach, describe, expect, test } from "vitest";
import { createFaults, type FaultBook } from "../../src/faults/faults.ts";
import { faultyMetrics } from "../../src/faults/metric-faults.ts";
import type { Observation } from "../../src/platform.ts";

const minute = 60_000;

let faults: FaultBook;
let seen: Observation[];
let observe: (observation: Observation) => void;

beforeEach(() => {
  faults = createFaults(() => undefined);
  seen = [];
  observe = faultyMetrics((observation) => void seen.push(observation), faults);
});

const request = (at: number, metric = "RequestTime", id = "tg-1"): Observation => ({
  namespace: "AWS/VpcLattice",
  metric,
  dimensions: { TargetGroup: id },
  at,
  value: 12,
  lag: 60_000,
});

describe("a datum", () => {
  test("is missing whole: every observation of its minute and of no other", () => {
    faults.arrange({ kind: "metrics-missing", metric: "AWS/VpcLattice/RequestTime", after: 1, count: 1 });
    for (const at of [0, 1, minute, minute + 59_999, 2 * minute]) observe(request(at));
    observe(request(minute, "TotalRequestCount"));
    expect(seen.map(({ at, metric }) => [at, metric])).toEqual([
      [0, "RequestTime"],
      [1, "RequestTime"],
      [2 * minute, "RequestTime"],
      [minute, "TotalRequestCount"],
    ]);
  });

  test("comes later than its lag", () => {
    faults.arrange({ kind: "metrics-late", metric: "*/HTTPCode_5XX_Count", lateSeconds: 300 });
    observe(request(0, "HTTPCode_5XX_Count"));
    observe(request(0, "TotalRequestCount"));
    expect(seen.map(({ lag }) => lag)).toEqual([360_000, 60_000]);
  });

  test("is struck by the seed alone, and by nothing once faults are cleared", () => {
    const struck = () => {
      faults.clear();
      faults.arrange({ kind: "metrics-missing", probability: 0.5, seed: 5 });
      seen.length = 0;
      for (let at = 0; at < 50; at += 1) observe(request(at * minute));
      return seen.map(({ at }) => at);
    };
    const first = struck();
    expect(struck()).toEqual(first);
    expect(first.length).toBeGreaterThan(10);
    expect(first.length).toBeLessThan(40);
    faults.clear();
    for (let at = 0; at < 50; at += 1) observe(request(at * minute));
    expect(seen).toHaveLength(first.length + 50);
  });
});
