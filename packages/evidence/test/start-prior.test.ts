import { describe, expect, test } from "vitest";
import { type StartPrior, startMass } from "../src/index.ts";

const even: StartPrior = { first: 0.8, horizon: 60 };
const falling: StartPrior = { ...even, after: "falling" };

const masses = (prior: StartPrior, minutes: number) =>
  Array.from({ length: minutes }, (_, index) => startMass(prior, index));
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe("the prior on the minute in which a fault starts", () => {
  test("is spent after the horizon, if it is even", () => {
    expect(startMass(even, 0)).toBeCloseTo(0.8 + 0.2 / 60, 12);
    expect(startMass(even, 59)).toBeCloseTo(0.2 / 60, 12);
    expect(startMass(even, 60)).toBe(0);
    expect(sum(masses(even, 1000))).toBeCloseTo(1, 12);
  });

  test("is as dense up to half the horizon and never ends, if it is falling", () => {
    expect(masses(falling, 30)).toEqual(masses(even, 30));
    expect(startMass(falling, 59)).toBeCloseTo(0.2 / 60 / 4, 12);
    expect(startMass(falling, 10_000)).toBeGreaterThan(0);
    expect(sum(masses(falling, 100_000))).toBeLessThanOrEqual(1);
    expect(sum(masses(falling, 100_000))).toBeGreaterThan(0.99);
  });
});
