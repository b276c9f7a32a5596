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
  const at = (logOdds: number) => candidate.bad * logOdds - bad * logOnePlusExp(logOdds);
  if (spread === 0) return at(odds);
  let most = Number.NEGATIVE_INFINITY;
  for (const [q, nu] of POINTS.entries()) {
    const log = at(odds + spread * nu);
    LOGS[q] = log;
    if (log > most) most = log;
  }
  let sum = 0;
  for (const [q, weight] of WEIGHTS.entries()) sum += weight * Math.exp((LOGS[q] ?? 0) - most);
  return most + Math.log(sum);
}

// Room for one sum, kept because a look takes some thousand of them.
const LOGS = new Float64Array(POINTS.length);

const logOnePlusExp = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
