import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logPoissonBet } from "../src/index.ts";
import { arms } from "./arms.ts";

describe("one minute's bet", () => {
  test.for([
    { bad: 3, of: 100, stableBad: 2, stableOf: 900, times: 3, ratio: 1, slack: 0, e: 10.850694 },
    { bad: 5, of: 1000, stableBad: 4, stableOf: 9000, times: 2, ratio: 1.1, slack: 0.001, e: 5.650587 },
    { bad: 0, of: 100, stableBad: 1, stableOf: 900, times: 3, ratio: 1, slack: 0, e: 0.833333 },
  ])("on $bad bad of $of, $stableBad of $stableOf is worth $e", (row) => {
    const counts = arms(row.of, row.bad, row.stableOf, row.stableBad);
    expect(Math.exp(logPoissonBet(row, row.times, counts))).toBeCloseTo(row.e, 5);
  });

  test.for([arms(0, 0, 900, 4), arms(100, 9, 0, 0)])("is worth nothing while an arm is idle", (counts) => {
    expect(logPoissonBet({ ratio: 1.1, slack: 0.001 }, 5, counts)).toBe(0);
  });

  test("expects at most 1 from Poisson counts on the line of no worse", () => {
    const count = fc.integer({ min: 1, max: 5_000 });
    const rate = fc.double({ min: 1e-4, max: 0.2, noNaN: true });
    const times = fc.constantFrom(1.4, 2, 3, 5, 10, 30);
    fc.assert(
      fc.property(count, count, rate, times, (candidate, stable, stableRate, alternative) => {
        const line = { ratio: 1.1, slack: 0.001 };
        const rateOfCandidate = line.ratio * stableRate + line.slack;
        // E[exp(x s)] of a Poisson x with mean m is exp(m (e^s - 1)), so the expectation needs no sampling.
        const at = (bad: number, stableBad: number) =>
          logPoissonBet(line, alternative, arms(candidate, bad, stable, stableBad));
        const fixed = at(0, 0);
        const expectation =
          fixed +
          candidate * rateOfCandidate * Math.expm1(at(1, 0) - fixed) +
          stable * stableRate * Math.expm1(at(0, 1) - fixed);
        expect(expectation).toBeLessThanOrEqual(1e-9);
      }),
    );
  });
});
