import { ln } from "./portable-math.ts";

/**
 * What Stirling's formula leaves of ln k!: ln k! - (ln(2 pi)/2 + (k + 1/2) ln(k + 1) - (k + 1)), in the form that
 * Hörmann's samplers use.
 */
export function stirlingRest(k: number): number {
  const known = small[k];
  if (known !== undefined) return known;
  const next = 1 / (k + 1);
  return next * (1 / 12 - next * next * (1 / 360 - next * next * (1 / 1260 - (next * next) / 1680)));
}

/** ln k!. */
export function lnFactorial(k: number): number {
  return HALF_LN_TWO_PI + (k + 0.5) * ln(k + 1) - (k + 1) + stirlingRest(k);
}

const HALF_LN_TWO_PI = 0.9189385332046728;

const small = factorials(10).map(
  (factorial, k) => ln(factorial) - (HALF_LN_TWO_PI + (k + 0.5) * ln(k + 1) - (k + 1)),
);

function factorials(count: number): number[] {
  const list = [1];
  for (let k = 1; k < count; k += 1) list.push((list[k - 1] ?? 1) * k);
  return list;
}
