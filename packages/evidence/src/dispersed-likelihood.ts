import type { ArmCounts } from "./counts.ts";

const POINTS = Array.from({ length: 17 }, (_, k) => -4 + k / 2);
const DENSITIES = POINTS.map((nu) => 1 / Math.cosh((Math.PI * nu) / (2 * Math.sqrt(3))) ** 2);
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
  if (spread === 0) return candidate.bad * odds - bad * Math.log1p(Math.exp(odds));
  const noise = noiseOf(spread);
  const factor = Math.exp(odds);
  let most = Number.NEGATIVE_INFINITY;
  for (const [q, nu] of POINTS.entries()) {
    const log = candidate.bad * (odds + spread * nu) - bad * Math.log1p(factor * (noise[q] ?? 1));
    LOGS[q] = log;
    if (log > most) most = log;
  }
  let sum = 0;
  for (const [q, weight] of WEIGHTS.entries()) {
    const less = (LOGS[q] ?? 0) - most;
    if (less > NEGLIGIBLE) sum += weight * Math.exp(less);
  }
  return most + Math.log(sum);
}

// e^-45 times anything is beyond a double's digits.
const NEGLIGIBLE = -45;

// A look takes some thousand of these sums, so what they share is kept: room for one of them, and e^(spread * nu).
const LOGS = new Float64Array(POINTS.length);
const NOISE = new Map<number, Float64Array>();

function noiseOf(spread: number): Float64Array {
  const known = NOISE.get(spread);
  if (known !== undefined) return known;
  if (NOISE.size > MOST_SPREADS) NOISE.clear();
  const noise = Float64Array.from(POINTS, (nu) => Math.exp(spread * nu));
  NOISE.set(spread, noise);
  return noise;
}

const MOST_SPREADS = 100;
