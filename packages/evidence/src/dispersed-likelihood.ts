import type { ArmCounts } from "./counts.ts";
import { perSpread } from "./per-spread.ts";

const POINTS = Float64Array.from({ length: 17 }, (_, k) => -4 + k / 2);
const DENSITIES = POINTS.map(noiseDensity);
const DENSITY = DENSITIES.reduce((sum, density) => sum + density, 0);
const WEIGHTS = DENSITIES.map((density) => density / DENSITY);

/**
 * The log-likelihood of how a minute's bad requests fell on the two arms, if the candidate's rate is e^`logRatio` times the
 * stable one's, apart from noise: the log-odds of the candidate's share are ln(n_c / n_b) + logRatio + spread * nu, with nu
 * logistic of variance 1, summed over 17 points. At spread 0 it is the binomial likelihood, up to a constant. A minute with an
 * idle arm, or with nothing bad, says nothing.
 */
export function dispersedLikelihood(
  { candidate, stable }: ArmCounts,
  logRatio: number,
  spread: number,
): number {
  const bad = candidate.bad + stable.bad;
  if (candidate.requests === 0 || stable.requests === 0 || bad === 0) return 0;
  const odds = Math.log(candidate.requests / stable.requests) + logRatio;
  const even = candidate.bad * odds;
  const factor = Math.exp(odds);
  if (spread === 0) return even - bad * Math.log(1 + factor);
  const noise = noiseOf(spread);
  const tilt = candidate.bad * spread;
  // Indexed loops and a plain logarithm: a look takes some thousand of these sums, and 1 + x is never near 0.
  let most = Number.NEGATIVE_INFINITY;
  for (let q = 0; q < LOGS.length; q += 1) {
    const log = tilt * (POINTS[q] ?? 0) - bad * Math.log(1 + factor * (noise[q] ?? 1));
    LOGS[q] = log;
    if (log > most) most = log;
  }
  let sum = 0;
  for (let q = 0; q < LOGS.length; q += 1) {
    const less = (LOGS[q] ?? 0) - most;
    if (less > NEGLIGIBLE) sum += (WEIGHTS[q] ?? 0) * Math.exp(less);
  }
  return even + most + Math.log(sum);
}

/** The density of a logistic law of mean 0 and variance 1, up to a constant. */
export function noiseDensity(nu: number): number {
  return 1 / Math.cosh((Math.PI * nu) / (2 * Math.sqrt(3))) ** 2;
}

// e^-40 times anything is beyond a double's digits.
const NEGLIGIBLE = -40;

// What the sums share is kept: room for one of them, and e^(spread * nu).
const LOGS = new Float64Array(POINTS.length);
const noiseOf = perSpread((spread) => POINTS.map((nu) => Math.exp(spread * nu)));
