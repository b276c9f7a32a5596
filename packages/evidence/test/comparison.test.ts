import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ComparedMinute,
  ComparisonPlan,
  ComparisonState,
  describeComparison,
  findings,
  judgeComparison,
  startComparison,
} from "../src/index.ts";
import { arms } from "./arms.ts";
import { comparison, counted, folded, missing } from "./comparisons.ts";

const names = { candidate: "inventory-v3", stable: "inventory-v1" };

const someArms = fc
  .tuple(fc.nat(3000), fc.nat(100), fc.nat(3000), fc.nat(100))
  .map(([n, x, m, y]) => arms(n, Math.min(n, x), m, Math.min(m, y)));
const someMinutes = fc
  .array(fc.option(fc.tuple(someArms, someArms), { freq: 5 }), { minLength: 1, maxLength: 12 })
  .map((list) =>
    list.map(
      (both, k): ComparedMinute =>
        both === null ? missing(k + 1) : counted(k + 1, both[0], { slowAtP90: both[1] }),
    ),
  );
const someNoise = fc.constantFrom(null, { spread: 0.8, temper: 1 }, { spread: 1.4, temper: 0.25 });

describe("a comparison, whatever it sees", () => {
  test("is unchanged by minutes that it has seen, and by ones before them", () => {
    fc.assert(
      fc.property(someMinutes, someNoise, fc.nat(11), (minutes, noise, from) => {
        const plan = comparison(noise);
        const once = folded(plan, minutes);
        expect(folded(plan, minutes.slice(from), once)).toEqual(once);
      }),
      { numRuns: 50 },
    );
  });

  test("goes on from its stored state as if it had never been stored", () => {
    fc.assert(
      fc.property(someMinutes, someNoise, fc.nat(11), (minutes, noise, at) => {
        const plan = ComparisonPlan.parse(JSON.parse(JSON.stringify(comparison(noise))));
        const stored = JSON.parse(JSON.stringify(folded(plan, minutes.slice(0, at))));
        const revived = folded(plan, minutes.slice(at), ComparisonState.parse(stored));
        expect(revived).toEqual(folded(plan, minutes));
      }),
      { numRuns: 50 },
    );
  });

  test("has finite evidence, and a state of a few kilobytes", () => {
    fc.assert(
      fc.property(someMinutes, someNoise, (minutes, noise) => {
        const plan = comparison(noise);
        const state = folded(plan, minutes);
        expect(findings(plan, state).evidence).toBeGreaterThanOrEqual(0);
        expect(findings(plan, state).evidence).toBeLessThanOrEqual(1e30);
        expect(JSON.stringify(state).length).toBeLessThan(12_000);
      }),
      { numRuns: 50 },
    );
  });

  test("survives minutes of a million requests that all fail, on either side", () => {
    for (const noise of [null, { spread: 1.4, temper: 1 }]) {
      const plan = comparison(noise);
      const outage = [
        counted(1, arms(1e6, 1e6, 1e6, 0)),
        counted(2, arms(1e6, 0, 1e6, 1e6)),
        counted(3, arms(1e6, 1e6, 1e6, 1e6)),
      ];
      const state = folded(plan, outage);
      expect(ComparisonState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
    }
  });
});

describe("a comparison", () => {
  test("is at even odds before any minute and after any number of missing ones", () => {
    const plan = comparison();
    expect(findings(plan, startComparison(plan)).evidence).toBeCloseTo(1, 12);
    const quiet = folded(
      plan,
      Array.from({ length: 500 }, (_, k) => missing(k + 1)),
    );
    expect(findings(plan, quiet).evidence).toBeCloseTo(1, 9);
    expect(quiet.missingMinutes).toBe(500);
  });

  test("takes a metric that is missing in a minute as no evidence in it", () => {
    const plan = comparison();
    const slow = { slowAtP90: arms(100, 60, 900, 90) };
    const found = (others: typeof slow | object) =>
      findings(plan, folded(plan, [counted(1, arms(100, 0, 900, 1), { ...others })])).evidence;
    expect(found(slow)).toBeGreaterThan(100);
    expect(found({})).toBeLessThan(1);
  });

  test("is as suspicious as its most suspicious metric, and by weight as all of them", () => {
    const plan = comparison();
    const calm = arms(100, 0, 900, 2);
    const odd = arms(100, 30, 900, 100);
    const found = (errors: typeof calm, slow: typeof calm) =>
      findings(plan, folded(plan, [counted(1, errors, { slowAtP90: calm, slowAtP99: slow })]));
    const [bySlow, byErrors] = [found(calm, odd), found(odd, calm)];
    expect(bySlow.suspicion).toBeGreaterThan(50);
    expect(bySlow.weighedSuspicion).toBeCloseTo(bySlow.suspicion ** 0.15, 9);
    expect(byErrors.weighedSuspicion).toBeCloseTo(byErrors.suspicion ** 0.62, 9);
    expect(found(calm, calm).weighedSuspicion).toBe(1);
  });

  test("sets bursts aside in its doubt alone", () => {
    const plan = comparison({ spread: 1.4, temper: 1 });
    const burst = findings(plan, folded(plan, [counted(1, arms(600, 45, 600, 9))]));
    expect(burst.doubt).toBeLessThan(burst.weighedSuspicion);
  });

  test("knows how many minutes were counted", () => {
    const plan = comparison();
    const minutes = [counted(3, arms(1, 0, 9, 0)), missing(4), counted(5, arms(1, 0, 9, 0))];
    expect(findings(plan, startComparison(plan)).countedMinutes).toBe(0);
    expect(findings(plan, folded(plan, minutes)).countedMinutes).toBe(2);
  });

  test("stays convinced, whatever comes later", () => {
    const plan = comparison();
    const bad = folded(plan, [counted(7, arms(300, 60, 900, 1))]);
    const good = folded(
      plan,
      Array.from({ length: 60 }, (_, k) => counted(8 + k, arms(3000, 0, 3000, 60))),
      bad,
    );
    expect(findings(plan, good).evidence).toBeLessThan(100);
    expect(findings(plan, good).worse).toBe(true);
    expect(good.convinced).toBe(7);
  });

  test("holds a certificate only when every metric does, and keeps it", () => {
    const plan = comparison();
    const clean = arms(300, 0, 900, 1);
    expect(findings(plan, folded(plan, [counted(1, clean)])).certified).toEqual([false]);
    const others = { slowAtP90: clean, slowAtP99: clean };
    const held = folded(plan, [counted(1, clean, others)]);
    expect(findings(plan, held).certified).toEqual([true]);
    expect(findings(plan, folded(plan, [counted(2, arms(300, 300, 900, 0))], held)).certified).toEqual([
      true,
    ]);
  });

  test("in a noisy metric is not convinced by one burst that chance alone could not explain", () => {
    const burst = [counted(1, arms(600, 12, 600, 11)), counted(2, arms(600, 45, 600, 9))];
    const evidence = [null, { spread: 1, temper: 1 }].map((noise) => {
      const plan = comparison(noise);
      return findings(plan, folded(plan, burst)).evidence;
    });
    expect(evidence[0]).toBeGreaterThan(100);
    expect(evidence[1]).toBeLessThan(10);
  });
});

describe("a comparison's verdict", () => {
  const plan = comparison();
  const healthy = Array.from({ length: 4 }, (_, k) => counted(29_000_000 + k, arms(100, 0, 900, 1)));
  const failing = Array.from({ length: 4 }, (_, k) => counted(29_000_004 + k, arms(103, 5, 930, 1)));

  test("names the loudest metric, since when, and how many times as many", () => {
    const verdict = judgeComparison(plan, folded(plan, [...healthy, ...failing]), { over: false });
    expect(verdict).toMatchObject({ outcome: "fail", loudest: "errors", threshold: 100, missingMinutes: 0 });
    expect(verdict.since).toBe(29_000_004);
    expect(describeComparison(verdict, names)).toMatch(
      /^inventory-v3 failed 2\.5% of 812 requests, inventory-v1 0\.1% of 7,320, \d+ times as many \(at least [\d.]+\), since 21:24 UTC; evidence [\w, ]+ : 1 against "no worse", 100 : 1 needed$/,
    );
  });

  test("passes when the time is over without evidence, and is undecided before", () => {
    const state = folded(plan, healthy);
    expect(judgeComparison(plan, state, { over: false }).outcome).toBe("undecided");
    const verdict = judgeComparison(plan, state, { over: true });
    expect(verdict.outcome).toBe("pass");
    expect(describeComparison(verdict, names)).toMatch(
      /^inventory-v3 failed 0\.0% of 400 requests, inventory-v1 0\.1% of 3,600; evidence 0\.\d : 1 /,
    );
  });

  test("without traffic says so, and how many minutes never came", () => {
    const verdict = judgeComparison(plan, folded(plan, [missing(1), missing(2)]), { over: true });
    expect(verdict.since).toBeNull();
    expect(describeComparison(verdict, names)).toBe(
      'inventory-v3 served no requests that were counted; evidence 1 : 1 against "no worse", 100 : 1 needed; the metrics of 2 minutes never came',
    );
  });
});
