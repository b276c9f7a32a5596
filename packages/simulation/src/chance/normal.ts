import type { Chance } from "./philox.ts";
import { exp, ln } from "./portable-math.ts";

/** A standard normal number, by the polar method (Marsaglia and Bray, SIAM Review 6, 1964). */
export function normal(chance: Chance): number {
  for (;;) {
    const x = 2 * chance.uniform() - 1;
    const y = 2 * chance.uniform() - 1;
    const square = x * x + y * y;
    if (square < 1 && square > 0) return x * Math.sqrt((-2 * ln(square)) / square);
  }
}

/** The chance that a standard normal number exceeds z (the series of Marsaglia, Journal of Statistical Software 11, 2004). */
export function normalTail(z: number): number {
  if (z > 8) return 0;
  if (z < -8) return 1;
  let sum = z;
  let term = z;
  for (let k = 3; Math.abs(term) > 1e-18; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 - sum * exp((-z * z) / 2) * INVERSE_ROOT_TWO_PI;
}

const INVERSE_ROOT_TWO_PI = 0.3989422804014327;
