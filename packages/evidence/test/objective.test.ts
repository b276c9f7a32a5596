import { describe, expect, test } from "vitest";
import {
  type ArmCounts,
  errorRegression,
  evidenceAgainstObjective,
  holdAgainst,
  type ObjectivePlan,
  stableViolates,
  startObjective,
  worstRate,
} from "../src/index.ts";
import { arms } from "./arms.ts";
import { poissonChances } from "./poisson.ts";

const plan: ObjectivePlan = { ...errorRegression, rate: 0.01 };
const after = (minutes: readonly ArmCounts[]) =>
  minutes.reduce((state, counts) => holdAgainst(plan, state, counts), startObjective(plan));

describe("an objective of 1%", () => {
  test("is missed by a candidate that serves everything and fails 5%, within minutes", () => {
    const state = after([arms(300, 15, 0, 0), arms(300, 15, 0, 0)]);
    expect(evidenceAgainstObjective(plan, state)).toBeGreaterThan(100);
    expect(stableViolates(plan, state)).toBe(false);
  });

  test("is not expected to look missed by a candidate that just meets it", () => {
    for (const requests of [10, 300, 3000]) {
      const mean = poissonChances(requests * plan.rate).reduce(
        (sum, chance, bad) =>
          sum + chance * evidenceAgainstObjective(plan, after([arms(requests, bad, 0, 0)])),
        0,
      );
      expect(mean).toBeLessThanOrEqual(1 + 1e-9);
      // At larger means the boldest bets pay off beyond the chances that are summed.
      if (requests === 10) expect(mean).toBeGreaterThan(0.99);
    }
  });

  test("that the stable group misses too is known to be no fault of the candidate", () => {
    const outage = after([arms(300, 60, 900, 180)]);
    expect(stableViolates(plan, outage)).toBe(true);
    const over = Array.from({ length: 30 }, () => arms(300, 1, 900, 3)).reduce(
      (state, counts) => holdAgainst(plan, state, counts),
      outage,
    );
    expect(stableViolates(plan, over)).toBe(false);
  });
});

describe("the worst rate not yet excluded", () => {
  test("is everything before anything was served, and falls with clean traffic", () => {
    expect(worstRate({ requests: 0, bad: 0 }, 0.05)).toBe(1);
    const rates = [10, 100, 1000].map((requests) => worstRate({ requests, bad: 0 }, 0.05));
    expect(rates[0]).toBeGreaterThan(rates[1] ?? 1);
    expect(rates[1]).toBeGreaterThan(rates[2] ?? 1);
    expect(rates[2]).toBeLessThan(0.01);
  });

  test("is above the rate that was seen", () => {
    expect(worstRate({ requests: 1000, bad: 50 }, 0.05)).toBeGreaterThan(0.05);
    expect(worstRate({ requests: 1000, bad: 50 }, 0.05)).toBeLessThan(0.1);
  });
});
