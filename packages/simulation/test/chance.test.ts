import { describe, expect, test } from "vitest";
import { binomial } from "../src/chance/binomial.ts";
import { normal, normalTail } from "../src/chance/normal.ts";
import { Chance, philox } from "../src/chance/philox.ts";
import { poisson } from "../src/chance/poisson.ts";
import { exp, ln, sineOfTurn } from "../src/chance/portable-math.ts";
import { lnFactorial } from "../src/chance/stirling.ts";

const DRAWS = 40_000;

function draws(draw: (chance: Chance) => number, seed = 1): number[] {
  const chance = new Chance(seed);
  return Array.from({ length: DRAWS }, (_, run) => {
    chance.goTo(1, run, 0);
    return draw(chance);
  });
}

function moments(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, variance };
}

/** Standard errors by which the draws' mean and variance miss a law's; the fourth moment is about 3 for all of these. */
function misses(values: readonly number[], mean: number, variance: number, fourth = 3 + 1 / variance) {
  const found = moments(values);
  return {
    mean: Math.abs(found.mean - mean) / Math.sqrt(variance / values.length),
    variance: Math.abs(found.variance - variance) / (variance * Math.sqrt((fourth - 1) / values.length)),
  };
}

/** Pearson's statistic in standard errors over the values that are expected at least 10 times. */
function pearson(values: readonly number[], mass: (k: number) => number, to: number): number {
  const found = new Map<number, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  let [statistic, cells] = [0, 0];
  for (let k = 0; k <= to; k += 1) {
    const wanted = mass(k) * values.length;
    if (wanted < 10) continue;
    statistic += ((found.get(k) ?? 0) - wanted) ** 2 / wanted;
    cells += 1;
  }
  return (statistic - cells) / Math.sqrt(2 * cells);
}

describe("the generator", () => {
  // Random123's kat_vectors, philox4x32 with 10 rounds.
  test.for([
    ["00000000 00000000 00000000 00000000 00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    ["ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"],
    ["243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"],
  ] as const)("answers as its authors' does for %j", ([given, wanted]) => {
    const [c0 = 0, c1 = 0, c2 = 0, c3 = 0, k0 = 0, k1 = 0] = given
      .split(" ")
      .map((word) => Number.parseInt(word, 16));
    const out = new Uint32Array(4);
    philox(out, c0, c1, c2, c3, k0, k1);
    expect([...out].map((word) => word.toString(16).padStart(8, "0")).join(" ")).toBe(wanted);
  });

  test("gives each stream, run, minute and seed numbers of its own, and the same ones again", () => {
    const at = (seed: number, stream: number, run: number, minute: number) => {
      const chance = new Chance(seed);
      chance.goTo(stream, run, minute);
      return Array.from({ length: 5 }, () => chance.uniform());
    };
    const places = [
      at(1, 1, 0, 0),
      at(1, 2, 0, 0),
      at(1, 1, 1, 0),
      at(1, 1, 0, -1),
      at(2, 1, 0, 0),
      at(2 ** 33 + 1, 1, 0, 0),
    ];
    expect(new Set(places.flat()).size).toBe(30);
    expect(at(1, 1, 0, -1)).toEqual(places[3]);
  });

  test("is even over the unit interval", () => {
    const { mean, variance } = misses(
      draws((chance) => chance.uniform()),
      1 / 2,
      1 / 12,
      1.8,
    );
    expect(mean).toBeLessThan(4);
    expect(variance).toBeLessThan(4);
  });
});

describe("arithmetic that is the same everywhere", () => {
  const grid = Array.from({ length: 4001 }, (_, k) => (k - 2000) / 3);

  test("agrees with the engine's to the last bits", () => {
    for (const x of grid) {
      expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-15);
      expect(ln(Math.exp(x / 10))).toBeCloseTo(x / 10, 12);
      expect(sineOfTurn(x)).toBeCloseTo(Math.sin(2 * Math.PI * (x - Math.round(x))), 13);
    }
    expect([ln(1), exp(0), exp(-1000), sineOfTurn(0)]).toEqual([0, 1, 0, 0]);
  });

  test("knows factorials", () => {
    const exact = (k: number): number => (k < 2 ? 0 : exact(k - 1) + Math.log(k));
    for (const k of [0, 1, 5, 9, 10, 11, 100, 1000]) expect(lnFactorial(k)).toBeCloseTo(exact(k), 9);
  });

  test("knows the normal law", () => {
    const known = [
      [0, 0.5],
      [1.2815515655446004, 0.1],
      [2.3263478740408408, 0.01],
      [-1.6448536269514722, 0.95],
      [6, 9.865876450376946e-10],
      [9, 0],
      [-9, 1],
    ] as const;
    for (const [z, tail] of known) expect(normalTail(z)).toBeCloseTo(tail, 14);
  });
});

describe("counts are drawn by their law", () => {
  test.for([0.05, 1.2, 9.9, 10, 37, 1200, 60_000])("Poisson of mean %d", (mean) => {
    const values = draws((chance) => poisson(chance, mean));
    const missed = misses(values, mean, mean);
    expect(missed.mean).toBeLessThan(4);
    expect(missed.variance).toBeLessThan(4);
    const mass = (k: number) => Math.exp(k * Math.log(mean) - mean - lnFactorial(k));
    expect(pearson(values, mass, 3 * mean + 20)).toBeLessThan(4);
  });

  test.for([
    [1, 0.3],
    [60, 0.001],
    [50, 0.1],
    [999, 0.0101],
    [1200, 0.05],
    [1200, 0.95],
    [30, 0.5],
    [100_000, 0.3],
  ] as const)("binomial of %d with chance %d", ([n, p]) => {
    const values = draws((chance) => binomial(chance, n, p));
    const missed = misses(values, n * p, n * p * (1 - p));
    expect(missed.mean).toBeLessThan(4);
    expect(missed.variance).toBeLessThan(4);
    const mass = (k: number) =>
      Math.exp(
        lnFactorial(n) - lnFactorial(k) - lnFactorial(n - k) + k * Math.log(p) + (n - k) * Math.log(1 - p),
      );
    expect(pearson(values, mass, n)).toBeLessThan(4);
    expect(values.every((value) => value >= 0 && value <= n)).toBe(true);
  });

  test("nothing of nothing, and all of what is certain", () => {
    const chance = new Chance(1);
    expect([
      poisson(chance, 0),
      binomial(chance, 0, 0.5),
      binomial(chance, 7, 0),
      binomial(chance, 7, 1),
    ]).toEqual([0, 0, 0, 7]);
  });

  test("normal numbers", () => {
    const missed = misses(draws(normal), 0, 1, 3);
    expect(missed.mean).toBeLessThan(4);
    expect(missed.variance).toBeLessThan(4);
  });
});
