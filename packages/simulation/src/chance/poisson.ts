import type { Chance } from "./philox.ts";
import { exp, ln } from "./portable-math.ts";
import { lnFactorial } from "./stirling.ts";

/**
 * A Poisson count with this mean: by inversion below a mean of 10, else by transformed rejection (PTRS: Hörmann, "The
 * transformed rejection method for generating Poisson random variables", Insurance: Mathematics and Economics 12, 1993).
 */
export function poisson(chance: Chance, mean: number): number {
  if (mean <= 0) return 0;
  return mean < 10 ? byInversion(chance, mean) : byRejection(chance, mean);
}

function byInversion(chance: Chance, mean: number): number {
  let left = chance.uniform();
  let k = 0;
  let mass = exp(-mean);
  while (left > mass && mass > 0) {
    left -= mass;
    k += 1;
    mass *= mean / k;
  }
  return k;
}

function byRejection(chance: Chance, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const quick = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = chance.uniform() - 0.5;
    const v = chance.uniform();
    const edge = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / edge + b) * u + mean + 0.43);
    if (edge >= 0.07 && v <= quick) return k;
    if (k < 0 || (edge < 0.013 && v > edge)) continue;
    const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    if (ln((v * inverseAlpha) / (a / (edge * edge) + b)) <= k * ln(mean) - mean - lnFactorial(k)) return k;
  }
}
