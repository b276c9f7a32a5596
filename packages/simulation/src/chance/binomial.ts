import type { Chance } from "./philox.ts";
import { exp, ln } from "./portable-math.ts";
import { stirlingRest } from "./stirling.ts";

/**
 * How many of `n` happen, each with chance `p`: by inversion (BINV: Kachitvichyanukul and Schmeiser, "Binomial random
 * variate generation", Communications of the ACM 31, 1988) where fewer than 10 are expected, else by transformed rejection
 * (BTRS: Hörmann, "The generation of binomial random variates", Journal of Statistical Computation and Simulation 46, 1993).
 */
export function binomial(chance: Chance, n: number, p: number): number {
  if (n === 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - atMostHalf(chance, n, 1 - p);
  return atMostHalf(chance, n, p);
}

function atMostHalf(chance: Chance, n: number, p: number): number {
  return n * p < 10 ? byInversion(chance, n, p) : byRejection(chance, n, p);
}

function byInversion(chance: Chance, n: number, p: number): number {
  const odds = p / (1 - p);
  let left = chance.uniform();
  let k = 0;
  let mass = exp(n * ln(1 - p));
  while (left > mass && k < n) {
    left -= mass;
    k += 1;
    mass *= ((n - k + 1) / k) * odds;
  }
  return k;
}

function byRejection(chance: Chance, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const quick = 0.92 - 4.2 / b;
  for (;;) {
    const u = chance.uniform() - 0.5;
    const v = chance.uniform();
    const edge = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / edge + b) * u + n * p + 0.5);
    if (edge >= 0.07 && v <= quick) return k;
    if (k < 0 || k > n) continue;
    const alpha = (2.83 + 5.1 / b) * spread;
    if (ln((v * alpha) / (a / (edge * edge) + b)) <= lnMassOverMode(n, p, k)) return k;
  }
}

/** ln of the binomial mass at k over that at the mode. */
function lnMassOverMode(n: number, p: number, k: number): number {
  const odds = p / (1 - p);
  const mode = Math.floor((n + 1) * p);
  return (
    (mode + 0.5) * ln((mode + 1) / (odds * (n - mode + 1))) +
    (n + 1) * ln((n - mode + 1) / (n - k + 1)) +
    (k + 0.5) * ln((odds * (n - k + 1)) / (k + 1)) +
    stirlingRest(mode) +
    stirlingRest(n - mode) -
    stirlingRest(k) -
    stirlingRest(n - k)
  );
}
