import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ArmCounts,
  ComparisonPlan,
  ComparisonState,
  describeComparison,
  evidenceAgainstObjective,
  findings,
  holdAgainst,
  judgeComparison,
  planObjective,
  startObjective,
  worstRate,
} from "../src/index.ts";
import { arms } from "./arms.ts";
import { comparison, counted, folded, missing } from "./comparisons.ts";
import { poisson, poissonChances, uniform } from "./poisson.ts";

const plan = planObjective({ errorRate: 0.01 }, { first: 0.8, horizon: 60, after: "falling" });
type Served = ArmCounts & { readonly alone?: boolean };
const after = (minutes: readonly Served[]) =>
  minutes.reduce(
    (state, counts) => holdAgainst(plan, state, { alone: false, ...counts }),
    startObjective(plan),
  );
// The stable arm serves nothing in these by intent.
const alone = (requests: number, bad: number) => ({ ...arms(requests, bad, 0, 0), alone: true });
const evidence = (minutes: readonly Served[]) => evidenceAgainstObjective(plan, after(minutes));
const often = (count: number, one: Served) => Array.from({ length: count }, () => one);

describe("an objective of 1%", () => {
  test("is missed by a candidate that serves everything and fails 5%, within minutes", () => {
    expect(evidence(often(2, alone(300, 15)))).toBeGreaterThan(100);
  });

  test("is not expected to look missed by a candidate that just meets it", () => {
    for (const requests of [10, 300, 3000]) {
      const mean = poissonChances(requests * plan.rate).reduce(
        (sum, chance, bad) => sum + chance * evidence([alone(requests, bad)]),
        0,
      );
      expect(mean).toBeLessThanOrEqual(1 + 1e-9);
      // At larger means the boldest bets pay off beyond the chances that are summed.
      if (requests === 10) expect(mean).toBeGreaterThan(0.99);
    }
  });

  test("is missed beside a stable group that meets it, sooner the more that one serves", () => {
    const missed = [60, 600].map((requests) => evidence(often(5, arms(1000, 50, requests, 0))));
    expect(missed[0]).toBeLessThan(missed[1] ?? 0);
    expect(missed[1]).toBeGreaterThan(100);
    expect(evidence(often(30, arms(1000, 50, 60, 0)))).toBeGreaterThan(1000);
  });

  test("is not held against a candidate in an outage of both, however little the stable group serves, nor after it", () => {
    const clean = often(30, arms(1140, 1, 60, 0));
    const outage = often(10, arms(1140, 228, 60, 12));
    expect(evidence([...clean, ...outage])).toBeLessThan(1.1);
    expect(evidence([...clean, ...outage, ...clean])).toBeLessThan(1.1);
  });

  test("is not held against a candidate in an outage of both that the stable group serves nothing in by chance", () => {
    const outage = Array.from({ length: 10 }, (_, k) => arms(10, 2, k % 3 === 0 ? 1 : 0, 0));
    expect(evidence(outage)).toBeLessThan(1.1);
  });

  test("is missed beside a stable group that serves five requests a minute, in hours", () => {
    const quiet = Array.from({ length: 300 }, (_, k) => arms(45, [0, 4, 2, 3][k % 4] ?? 0, 5, 0));
    expect(evidence(quiet.slice(0, 19))).toBeCloseTo(1, 9);
    expect(evidence(quiet)).toBeGreaterThan(1000);
  });

  test("is not expected to look missed in minutes that are bet on together, whichever arm is as bad as it may be", () => {
    const block = (bad: number, stableBad: number) =>
      evidence([arms(40, 0, 60, 0), arms(300, bad, 30, stableBad), arms(60, 0, 20, 0)]);
    const expected = (mean: number, value: (bad: number) => number) =>
      poissonChances(mean).reduce((sum, chance, bad) => sum + chance * value(bad), 0);
    for (const other of [0, 3, 40]) {
      expect(expected(400 * plan.rate, (bad) => block(bad, 0))).toBeLessThanOrEqual(1 + 1e-9);
      expect(expected(110 * plan.rate, (stableBad) => block(other, stableBad))).toBeLessThanOrEqual(1 + 1e-9);
    }
    expect(block(40, 0)).toBeGreaterThan(1.5);
  });

  test("is not held against a candidate for an outage of both that ends before the stable group serves more", () => {
    expect(evidence([arms(1000, 200, 20, 4), ...often(20, arms(1000, 1, 3000, 3))])).toBeLessThan(1.1);
  });

  test("is not expected to look missed while the stable group misses it too, whatever the candidate does", () => {
    const rate = fc.double({ min: plan.rate, max: 0.5, noNaN: true });
    const size = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(size, fc.nat(400), fc.nat(200), rate, (requests, bad, stableRequests, stableRate) => {
        const mean = poissonChances(stableRequests * stableRate).reduce(
          (sum, chance, stableBad) =>
            sum + chance * evidence([arms(requests, Math.min(bad, requests), stableRequests, stableBad)]),
          0,
        );
        expect(mean).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });
});

describe("a comparison with an objective", () => {
  const names = { candidate: "inventory-v3", stable: "inventory-v1" };
  const without = comparison();
  const both = ComparisonPlan.parse({ ...without, objective: plan });
  const found = (minutes: Parameters<typeof folded>[1]) => findings(both, folded(both, minutes));

  test("weighs it as one part of the evidence", () => {
    const minutes = [counted(1, arms(300, 9, 900, 1)), missing(2), counted(3, arms(300, 6, 900, 2))];
    const compared = findings(without, folded(without, minutes)).evidence;
    const missed = evidence([arms(300, 9, 900, 1), arms(0, 0, 0, 0), arms(300, 6, 900, 2)]);
    expect(found(minutes).evidence).toBeCloseTo(0.9 * compared + 0.1 * missed, 9);
  });

  test("judges a candidate that nothing is left to compare with, and says by what", () => {
    const alone = Array.from({ length: 4 }, (_, k) => ({
      ...counted(29_000_000 + k, arms(1000, 50, 0, 0)),
      alone: true as const,
    }));
    expect(findings(without, folded(without, alone)).worse).toBe(false);
    expect(found(alone).worse).toBe(true);
    const verdict = judgeComparison(both, folded(both, alone), { over: false });
    expect(verdict).toMatchObject({ outcome: "fail", objective: { rate: 0.01, loudest: true } });
    expect(describeComparison(verdict, names)).toMatch(
      /^inventory-v3 failed 5\.0% of 4,000 requests, over the objective of 1%; /,
    );
  });

  test("goes on from its stored state as if it had never been stored", () => {
    const [first, second] = [counted(1, arms(300, 9, 900, 1)), counted(2, arms(300, 6, 900, 2))];
    const stored = ComparisonState.parse(JSON.parse(JSON.stringify(folded(both, [first]))));
    expect(folded(both, [second], stored)).toEqual(folded(both, [first, second]));
  });

  test("calls at most alpha of the candidates worse that just meet it and are no worse, through outages of both", () => {
    const generous = { ...both, alpha: 0.1 };
    const failed = Array.from({ length: 300 }, (_, seed) => {
      const random = uniform(seed);
      let state = folded(generous, []);
      for (let minute = 1; minute <= 60; minute += 1) {
        const share = minute < 20 ? 0.1 : 0.95;
        const rate = minute % 20 > 15 ? 0.2 : 0.01;
        const [n, m] = [Math.round(300 * share), Math.round(300 * (1 - share))];
        const served = arms(n, poisson(n * rate, random), m, poisson(m * rate, random));
        state = folded(generous, [counted(minute, served)], state);
      }
      return findings(generous, state).worse;
    }).filter(Boolean).length;
    expect(failed / 300).toBeLessThanOrEqual(generous.alpha);
  });
});

describe("a metric without weight", () => {
  const judged = comparison();
  const [errors] = judged.metrics;
  if (!errors) throw new Error("no metric to compare");
  const dryRun = { ...errors, name: "constructor", bad: "lost the basket in", weight: 0, certificates: [] };
  const plan = ComparisonPlan.parse({ ...judged, metrics: [dryRun, ...judged.metrics] });
  const minutes = [counted(1, arms(300, 0, 900, 1), { constructor: arms(300, 90, 900, 1) })];

  test("is told, under any name, and decides nothing", () => {
    const state = folded(plan, minutes);
    expect(findings(plan, state)).toEqual(findings(judged, folded(judged, minutes)));
    const verdict = judgeComparison(plan, state, { over: false });
    expect(verdict).toMatchObject({ outcome: "undecided", loudest: "errors", since: null });
    expect(verdict.metrics[0]).toMatchObject({ judged: false, counts: { candidate: { bad: 90 } } });
    expect(verdict.metrics[0]?.evidence).toBeGreaterThan(1000);
  });

  test("that nobody measured has no counts", () => {
    const state = folded(plan, [counted(1, arms(300, 0, 900, 1))]);
    expect(state.metrics[0]?.counts.candidate.requests).toBe(0);
  });

  test("cannot be all there is", () => {
    expect(ComparisonPlan.safeParse({ ...plan, metrics: [dryRun] }).success).toBe(false);
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
