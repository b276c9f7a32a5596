import { describe, expect, test } from "vitest";
import { dispersionOf, noiseOf } from "../src/index.ts";
import { poisson, uniform } from "./poisson.ts";

/** A history whose rate is multiplied by lognormal bursts that are forgotten at this rate from minute to minute. */
function history(
  minutes: number,
  { spread = 0, correlation = 0, seed = 7, requests = 1200, rate = 0.01 } = {},
) {
  const random = uniform(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let level = normal();
  return Array.from({ length: minutes }, () => {
    level = correlation * level + Math.sqrt(1 - correlation ** 2) * normal();
    const burst = Math.exp(spread * level - spread ** 2 / 2);
    return { requests, bad: poisson(requests * rate * burst, random) };
  });
}

const seeds = Array.from({ length: 40 }, (_, k) => k + 1);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("the noise of a history", () => {
  test("is none where chance explains everything", () => {
    const noisy = seeds.filter((seed) => noiseOf(history(240, { seed })) !== null);
    expect(noisy.length).toBeLessThanOrEqual(3);
  });

  test("is found where there are bursts, about as large as they are, and never much smaller", () => {
    for (const seed of seeds) {
      const { spread } = dispersionOf(history(240, { seed, spread: 0.5 }));
      expect(spread).toBeGreaterThan(0.5);
      expect(spread).toBeLessThan(1.2);
    }
  });

  test("is worth less where bursts last, and all of it where they are forgotten at once", () => {
    const tempers = (correlation: number) =>
      mean(seeds.map((seed) => noiseOf(history(240, { seed, spread: 0.7, correlation }))?.temper ?? 1));
    expect(tempers(0)).toBeGreaterThan(0.95);
    // Of rates with correlation .6 a burst is worth about 4 minutes, of .9 about 19, less what lies within chance.
    expect(tempers(0.6)).toBeLessThan(0.5);
    expect(tempers(0.9)).toBeLessThan(0.2);
  });

  test("cannot be excluded by a history that is too short, or that nobody has seen", () => {
    expect(noiseOf([])).toEqual({ spread: 1, temper: 1 });
    expect(noiseOf(history(60))?.spread).toBeGreaterThan(0);
  });

  test("is excluded by a short history where there is much to count", () => {
    expect(noiseOf(history(60, { rate: 0.4, requests: 1200 }))).toBeNull();
  });

  test("of a service without anything bad is what chance would show", () => {
    expect(noiseOf(history(240, { rate: 0 }))).toBeNull();
  });

  test("is not excluded by minutes without traffic, nor shown by them", () => {
    const idle = (length: number) => Array.from({ length }, () => ({ requests: 0, bad: 0 }));
    expect(noiseOf(idle(240))).toEqual(noiseOf([]));
    expect(noiseOf([...history(100), ...idle(200)])?.spread).toBeGreaterThan(0);
    expect(noiseOf([...history(240), ...idle(60)])).toBeNull();
  });
});
