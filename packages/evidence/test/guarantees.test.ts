import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ArmCounts,
  certainty,
  certify,
  type DispersedPlan,
  disperse,
  dispersedLikelihood,
  errorRegression,
  evidenceAgainst,
  evidenceBeyondNoise,
  exchangeableFactors,
  type RegressionPlan,
  ratioInterval,
  regress,
  startCertificate,
  startDispersed,
  startRatio,
  startRegression,
  weighRatios,
} from "../src/index.ts";
import { arms } from "./arms.ts";
import { poisson, poissonChances, uniform } from "./poisson.ts";

/** What a minute's value is expected to be, over every pair of Poisson counts with these means. */
function expected(
  [requests, mean]: readonly [number, number],
  [stableRequests, stableMean]: readonly [number, number],
  value: (counts: ArmCounts) => number,
): number {
  const stableChances = poissonChances(stableMean);
  let sum = 0;
  for (const [bad, chance] of poissonChances(mean).entries()) {
    for (const [stableBad, stableChance] of stableChances.entries()) {
      sum += chance * stableChance * value(arms(requests, bad, stableRequests, stableBad));
    }
  }
  return sum;
}

const exposure = fc.integer({ min: 1, max: 1500 });
const rate = fc.double({ min: 1e-4, max: 0.01, noNaN: true });
const past = fc.array(
  fc
    .tuple(exposure, fc.nat(6), exposure, fc.nat(6))
    .map(([n, x, m, y]) => arms(n, Math.min(n, x), m, Math.min(m, y))),
  { maxLength: 5 },
);

/** As rollouts bet: the prior never ends. */
const falling: RegressionPlan = {
  ...errorRegression,
  start: { first: 0.8, horizon: 60, after: "falling" },
};

describe("whatever came before", () => {
  test("the evidence of a candidate on the line of no worse is not expected to grow", () => {
    fc.assert(
      fc.property(past, exposure, exposure, rate, (minutes, n, m, stableRate) => {
        const state = minutes.reduce((so, counts) => regress(falling, so, counts), startRegression(falling));
        const worst = 1.1 * stableRate + 0.001;
        const next = expected([n, n * worst], [m, m * stableRate], (counts) =>
          evidenceAgainst(falling, regress(falling, state, counts)),
        );
        expect(next).toBeLessThanOrEqual(evidenceAgainst(falling, state) * (1 + 1e-9));
      }),
      { numRuns: 20 },
    );
  });

  test("the certainty of a candidate beyond a certificate's line is not expected to grow", () => {
    const plan = { ratio: 1.6, slack: 0.0025, beta: 1e-300 };
    fc.assert(
      fc.property(past, exposure, exposure, rate, (minutes, n, m, stableRate) => {
        const state = minutes.reduce((so, counts) => certify(plan, so, counts), startCertificate());
        const line = 1.6 * stableRate + 0.0025;
        const next = expected([n, n * line], [m, m * stableRate], (counts) =>
          certainty(certify(plan, state, counts)),
        );
        expect(next).toBeLessThanOrEqual(certainty(state) * (1 + 1e-9));
      }),
      { numRuns: 20 },
    );
  });
});

describe("bursts", () => {
  test("of any law, alike in both arms, are worth 1 on average to the exchangeable evidence", () => {
    const bursts = fc.array(
      fc.tuple(fc.double({ min: 1e-4, max: 0.05, noNaN: true }), fc.integer({ min: 1, max: 9 })),
      {
        minLength: 1,
        maxLength: 3,
      },
    );
    const small = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(bursts, small, small, (law, n, m) => {
        const total = law.reduce((sum, [, weight]) => sum + weight, 0);
        const means = [0, 0, 0, 0, 0, 0];
        for (const [one, weight] of law) {
          for (const [other, otherWeight] of law) {
            const chance = (weight / total) * (otherWeight / total);
            for (let k = 0; k < means.length; k += 1) {
              const value = expected(
                [n, 1.1 * n * one],
                [m, m * other],
                (counts) => exchangeableFactors(1.1, counts)[k] ?? 0,
              );
              means[k] = (means[k] ?? 0) + chance * value;
            }
          }
        }
        for (const mean of means) expect(mean).toBeCloseTo(1, 8);
      }),
      { numRuns: 5 },
    );
  });

  test("of an admissible spread are worth at most 1 on average to the dispersed evidence, after any minutes", () => {
    const plan: DispersedPlan = { ...errorRegression, spread: 1 };
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
    const totals = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(totals, exposure, exposure, fc.constantFrom(0, 0.5, 1), (bads, n, m, spread) => {
        const expectation = (state: ReturnType<typeof startDispersed>, left: readonly number[]): number => {
          const [bad, ...others] = left;
          if (bad === undefined) return evidenceBeyondNoise(plan, state);
          let sum = 0;
          for (let x = 0; x <= bad; x += 1) {
            const counts = arms(n, x, m, bad - x);
            const chance = choose(bad, x) * Math.exp(dispersedLikelihood(counts, Math.log(1.1), spread));
            sum += chance * expectation(disperse(plan, state, counts), others);
          }
          return sum;
        };
        expect(expectation(startDispersed(plan), bads)).toBeLessThanOrEqual(1 + 1e-9);
      }),
      { numRuns: 20 },
    );
  });
});

describe("over whole rollouts on the line of no worse, with a drifting base and a changing split", () => {
  // NULL_RUNS=20000 for the long run; the runs are the same ones, and more.
  const runs = Number(process.env.NULL_RUNS ?? 300);
  const alpha = 0.1;

  function everReached(seed: number): boolean {
    const random = uniform(seed);
    let state = startRegression(falling);
    let share = 0.04;
    for (let minute = 0; minute < 120; minute += 1) {
      const base = 0.002 * (1.5 + Math.sin(minute / 9 + seed)) * (random() < 0.02 ? 10 : 1);
      const [n, m] = [Math.round(1200 * share), Math.round(1200 * (1 - share))];
      const worst = 1.1 * base + 0.001;
      state = regress(falling, state, arms(n, poisson(n * worst, random), m, poisson(m * base, random)));
      const evidence = evidenceAgainst(falling, state);
      if (evidence >= 1 / alpha) return true;
      // The split follows from the past, as a ramp's does: up when calm, down when suspicious.
      share = evidence > 1.2 ? Math.max(0.04, share / 2) : Math.min(0.9, share * 1.3);
    }
    return false;
  }

  test(`at most ${alpha * 100}% of ${runs} are ever called worse`, { timeout: 600_000 }, () => {
    const failed = Array.from({ length: runs }, (_, seed) => everReached(seed)).filter(Boolean).length;
    expect(failed / runs).toBeLessThanOrEqual(alpha);
    expect(failed).toBeGreaterThan(0);
  });

  test("the ratio's interval holds the true ratio at every look in 95 of 100", () => {
    const held = Array.from({ length: 300 }, (_, seed) => {
      const random = uniform(seed);
      let state = startRatio();
      for (let minute = 0; minute < 60; minute += 1) {
        const base = 0.003 * (1.5 + Math.sin(minute / 5));
        const counts = arms(600, poisson(600 * 3 * base, random), 600, poisson(600 * base, random));
        state = weighRatios(state, counts, { spread: 0, temper: 1 });
        const { low, high } = ratioInterval(state, 0.05);
        if ((low !== null && low > 3) || (high !== null && high < 3)) return false;
      }
      const { estimate, low, high } = ratioInterval(state, 0.05);
      expect(estimate).toBeGreaterThan(low ?? 0);
      expect(estimate).toBeLessThan(high ?? Number.POSITIVE_INFINITY);
      expect((high ?? Number.POSITIVE_INFINITY) / (low ?? 0)).toBeLessThan(4);
      return true;
    }).filter(Boolean).length;
    expect(held / 300).toBeGreaterThanOrEqual(0.95);
  });
});
