import { describe, expect, test } from "vitest";
import { Chance } from "../src/chance/philox.ts";
import { drawArm } from "../src/traffic/draw-arm.ts";
import { shareBeyond, slowShares } from "../src/traffic/latency.ts";
import { idleArm } from "../src/traffic/minute-counts.ts";
import { noisePath } from "../src/traffic/noise.ts";
import { harmOf, ratesOf } from "../src/traffic/rates.ts";
import { RunConditions } from "../src/traffic/run-conditions.ts";
import { world } from "./builders.ts";

const mean = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe("what is expected of a minute", () => {
  test("is taken at its middle: a leak grows and stays, a fault and an outage end", () => {
    const rates = ratesOf(
      world({
        candidate: {
          errorRate: 0.001,
          leak: { fromMinute: 10, toMinute: 20, addErrorRate: 0.1 },
          fault: { fromMinute: 30, toMinute: 40, addErrorRate: 0.2 },
        },
        outage: { fromMinute: 38, toMinute: 42, addErrorRate: 0.3 },
      }),
    );
    const added = (minute: number) => Number(((rates.candidateErrors[minute] ?? 0) - 0.001).toFixed(9));
    expect([9, 10, 19, 20, 29, 30, 39, 40, 42].map(added)).toEqual([
      0, 0.005, 0.095, 0.1, 0.1, 0.3, 0.6, 0.4, 0.1,
    ]);
    expect([37, 38, 41, 42].map((minute) => Number((rates.stableErrors[minute] ?? 0).toFixed(9)))).toEqual([
      0.001, 0.301, 0.301, 0.001,
    ]);
  });

  test("follows the day", () => {
    const { requests, historyRequests } = ratesOf(world({ diurnal: { amplitude: 0.5, periodMinutes: 60 } }));
    expect(requests[14]).toBeCloseTo(1200 * (1 + 0.5 * Math.sin((2 * Math.PI * 14.5) / 60)), 8);
    expect(requests[44]).toBeLessThan(601);
    expect(mean(requests)).toBeCloseTo(1200, 8);
    expect(historyRequests.at(-1)).toBeCloseTo(requests[59] ?? 0, 8);
  });

  test("counts what is slow against the stable arm's own p90 and p99", () => {
    const { stable, candidate } = slowShares(world({ candidate: { errorRate: 0, latencyScale: 1.2 } }));
    expect(shareBeyond(stable, "slowerThanP90")).toBeCloseTo(0.1, 12);
    expect(shareBeyond(stable, "slowerThanP99")).toBeCloseTo(0.01, 12);
    // sigma = ln(250/60)/2.3263 = 0.61346; a factor of 1.2 moves each threshold down by ln(1.2)/sigma = 0.29720.
    expect(shareBeyond(candidate, "slowerThanP90")).toBeCloseTo(0.16244, 4);
    expect(shareBeyond(candidate, "slowerThanP99")).toBeCloseTo(0.02122, 4);
    expect(shareBeyond(candidate, "slowerThan500ms")).toBeCloseTo(0.001, 3);
    const tail = slowShares(world({ candidate: { errorRate: 0, slowTail: 0.05 } })).candidate;
    expect(shareBeyond(tail, "slowerThanP90")).toBeCloseTo(0.145, 9);
    expect(shareBeyond(tail, "slowerThanP99")).toBeCloseTo(0.0595, 9);
  });

  test("counts what is slow against thresholds asked for, the lower one first whichever it is", () => {
    const asked = slowShares(world({ candidate: { errorRate: 0 } }), { p90: 600, p99: 60 });
    expect(asked.stable.map(({ count }) => count)).toEqual(["slowerThanP99", "slowerThanP90"]);
    expect(shareBeyond(asked.stable, "slowerThanP99")).toBeCloseTo(0.5, 12);
    // ln(600/60) / 0.61346 = 3.75344 standard deviations.
    expect(shareBeyond(asked.candidate, "slowerThanP90")).toBeCloseTo(8.72e-5, 6);
  });

  test("is harm only where the candidate's own rates are higher", () => {
    const harm = (candidate: Record<string, unknown>) => harmOf(ratesOf(world({ candidate })), 30);
    expect(harm({ errorRate: 0.001 })).toEqual({ worse: false, excessRate: 0 });
    expect(harm({ errorRate: 0, latencyScale: 0.9 })).toEqual({ worse: false, excessRate: 0 });
    expect(harm({ errorRate: 0.011 })).toEqual({ worse: true, excessRate: expect.closeTo(0.01, 12) });
    expect(harm({ errorRate: 0, slowTail: 0.1 })).toEqual({
      worse: true,
      excessRate: expect.closeTo(0.099, 12),
    });
    expect(harm({ errorRate: 0.001, leak: { fromMinute: 40, toMinute: 50, addErrorRate: 1 } }).worse).toBe(
      false,
    );
  });
});

describe("noise", () => {
  const path = (sigma: number, correlation: number) => {
    const out = new Float64Array(60_000);
    noisePath(out, new Chance(3), { stream: 1, run: 0, first: -100 }, { sigma, correlation });
    return out;
  };

  test("has mean 1, the sigma and the correlation it is given", () => {
    const factors = path(0.7, 0.6);
    expect(mean(factors)).toBeCloseTo(1, 1);
    const logs = factors.map((factor) => (Math.log(factor) + 0.245) / 0.7);
    expect(mean(logs)).toBeCloseTo(0, 1);
    expect(mean(logs.map((log) => log * log))).toBeCloseTo(1, 1);
    expect(mean(logs.subarray(1).map((log, k) => log * (logs[k] ?? 0)))).toBeCloseTo(0.6, 1);
  });

  test("of sigma 0 changes nothing", () => {
    expect(new Set(path(0, 0.6))).toEqual(new Set([1]));
  });

  test("is shared by the arms, or each arm's own", () => {
    const drawn = (noise: Record<string, number>) => {
      const it = world({ noise, historyMinutes: 10 });
      const conditions = new RunConditions(it, ratesOf(it));
      conditions.draw(new Chance(1), 0);
      return conditions;
    };
    const shared = drawn({ sharedSigma: 0.5 });
    expect(shared.stableNoise).toEqual(shared.candidateNoise);
    expect(new Set(shared.stableNoise).size).toBe(70);
    const own = drawn({ perArmSigma: 0.5 });
    expect(own.stableNoise.filter((factor, k) => factor === own.candidateNoise[k])).toHaveLength(0);
  });
});

describe("an arm's minute", () => {
  const shares = [
    { slowerThan500ms: 0.3, slowerThanP90: 0.1, slowerThanP99: 0.01 },
    { slowerThanP90: 0.1, slowerThan500ms: 0.05, slowerThanP99: 0.01 },
    { slowerThanP90: 0.1, slowerThanP99: 0.01, slowerThan500ms: 0.001 },
    { slowerThanP90: 0.1, slowerThanP99: 0.01, slowerThan500ms: 0 },
  ];
  const counts = ["slowerThanP90", "slowerThanP99", "slowerThan500ms"] as const;

  test.for(shares)(
    "has as many slow requests as it should, each count among those above a lower threshold: %j",
    (asked) => {
      const slow = counts
        .map((count) => ({ count, share: asked[count] }))
        .sort((one, other) => other.share - one.share);
      const chance = new Chance(1);
      const sums = idleArm();
      for (let run = 0; run < 2000; run += 1) {
        const one = idleArm();
        chance.goTo(1, run, 0);
        drawArm(one, chance, 100, 0.2, slow);
        const nested = [one.requests, one.slowerThanP90, one.slowerThanP99];
        expect(nested).toEqual(nested.toSorted((a, b) => b - a));
        for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] += one[key];
      }
      const near = (count: number, share: number) =>
        expect(Math.abs(count - 200_000 * share)).toBeLessThanOrEqual(4 * Math.sqrt(200_000 * share));
      near(sums.requests, 1);
      near(sums.errors, 0.2);
      for (const count of counts) near(sums[count], asked[count]);
    },
  );
});

describe("the history", () => {
  test("is the stable arm's alone, of the length asked for, with nothing for the minutes that never came", () => {
    const it = world({ missingMinutes: 0.3, candidate: { errorRate: 1 }, historyMinutes: 1000 });
    const conditions = new RunConditions(it, ratesOf(it));
    conditions.draw(new Chance(1), 0);
    expect(conditions.history.map((past) => (past === null ? 1 : 0))).toEqual([
      ...conditions.missing.subarray(0, 1000),
    ]);
    const there = conditions.history.filter((past) => past !== null);
    expect(Math.abs(there.length - 700)).toBeLessThan(60);
    expect(mean(there.map(({ requests }) => requests))).toBeCloseTo(1200, -1);
    expect(mean(there.map(({ errors }) => errors))).toBeCloseTo(1.2, 0);
    const none = world({ historyMinutes: 0 });
    expect(new RunConditions(none, ratesOf(none)).history).toEqual([]);
  });
});
