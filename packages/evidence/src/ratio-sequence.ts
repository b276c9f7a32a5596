import * as z from "zod";
import type { ArmCounts } from "./counts.ts";
import { noiseDensity } from "./dispersed-likelihood.ts";
import { perSpread } from "./per-spread.ts";

/** The log-likelihoods of the ratios on the grid, given all minutes so far. */
export const RatioState = z.array(z.number());
export type RatioState = z.infer<typeof RatioState>;

/** How many times the stable arm's bad rate the candidate's is. Null where the counts set no bound. */
export const RatioInterval = z.object({
  estimate: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type RatioInterval = z.infer<typeof RatioInterval>;

// Thirds of octaves from 1/8 to 128: an arm that never fails is not told from one that hardly does.
const STEP = Math.LN2 / 3;
const LOWEST = -9;
const GRID = Array.from({ length: 31 }, (_, k) => (k + LOWEST) * STEP);

/** Before any minute. */
export const startRatio = (): RatioState => GRID.map(() => 0);

/** After one more minute. `spread` is the noise of log-odds to allow for, 0 for none; `temper` weakens its likelihood. */
export function weighRatios(
  state: RatioState,
  counts: ArmCounts,
  { spread, temper }: { readonly spread: number; readonly temper: number },
): RatioState {
  const { candidate, stable } = counts;
  if (candidate.requests === 0 || stable.requests === 0 || candidate.bad + stable.bad === 0) return state;
  const logs = spread === 0 ? likelihoods(counts, 0) : beyondNoise(counts, spread);
  const next = new Array<number>(GRID.length);
  for (let k = 0; k < next.length; k += 1) next[k] = (state[k] ?? 0) + temper * (logs[k] ?? 0);
  return next;
}

/** The log-likelihoods of the ratios on the grid and `beyond` steps below and above it, of a minute without noise. */
function likelihoods({ candidate, stable }: ArmCounts, beyond: number): Float64Array {
  const lowest = Math.log(candidate.requests / stable.requests) + (LOWEST - beyond) * STEP;
  const bad = candidate.bad + stable.bad;
  const logs = new Float64Array(GRID.length + 2 * beyond);
  for (let k = 0, odds = Math.exp(lowest); k < logs.length; k += 1, odds *= FACTOR) {
    logs[k] = candidate.bad * (lowest + k * STEP) - bad * Math.log(1 + odds);
  }
  return logs;
}

/**
 * The log-likelihoods of the ratios on the grid with noise of this spread, which moves the log-odds by whole steps of the grid: so
 * each ratio's likelihood is a mean of its neighbours' without noise, and all of them are one convolution.
 */
function beyondNoise(counts: ArmCounts, spread: number): Float64Array {
  const weights = weightsOf(spread);
  const logs = likelihoods(counts, (weights.length - 1) / 2);
  const most = logs.reduce(larger);
  const values = new Float64Array(logs.length);
  for (let k = 0; k < values.length; k += 1) values[k] = Math.exp((logs[k] ?? 0) - most);
  const beyond = new Float64Array(GRID.length);
  for (let k = 0; k < beyond.length; k += 1) {
    let sum = 0;
    for (let q = 0; q < weights.length; q += 1) sum += (weights[q] ?? 0) * (values[k + q] ?? 0);
    // Far from the best nothing is left of the values, so the largest of them stands for all.
    beyond[k] = sum > SMALLEST ? most + Math.log(sum) : logs.subarray(k, k + weights.length).reduce(larger);
  }
  return beyond;
}

const FACTOR = Math.exp(STEP);
const SMALLEST = 1e-250;
const larger = (one: number, other: number) => Math.max(one, other);

// Noise so many standard deviations off is left out.
const FARTHEST = 4;

const weightsOf = perSpread((spread) => {
  const beyond = Math.ceil((FARTHEST * spread) / STEP);
  const densities = Float64Array.from({ length: 2 * beyond + 1 }, (_, q) =>
    noiseDensity(((q - beyond) * STEP) / spread),
  );
  const sum = densities.reduce((total, density) => total + density, 0);
  return densities.map((density) => density / sum);
});

/**
 * The confidence sequence for the ratio of the two rates: it holds the true one at every look with a chance of at least
 * 1 - `alpha`, if that ratio is the same in every minute. It inverts Robbins' mixture: a ratio r is left out once the mean
 * likelihood over the grid is 1/alpha times its own, and for the true r that mean over its own is an e-process (Howard, Ramdas,
 * McAuliffe, Sekhon 2021; for two Poisson streams Lindon, Sanden, Shirikian 2022, arXiv 2205.14762). How the bad requests of a minute
 * fell on the arms depends on the ratio alone, so the stable rate may drift.
 */
export function ratioInterval(state: RatioState, alpha: number): RatioInterval {
  const best = state.indexOf(Math.max(...state));
  const top = state[best] ?? 0;
  const mean = state.reduce((sum, log) => sum + Math.exp(log - top), 0) / state.length;
  const least = top + Math.log(mean) + Math.log(alpha);
  const high = bound(GRID, state, best, least);
  const low = bound([...GRID].map((x) => -x).reverse(), [...state].reverse(), GRID.length - 1 - best, least);
  return {
    estimate: peak(state, best),
    low: low === null ? null : Math.exp(-low),
    high: high === null ? null : Math.exp(high),
  };
}

/**
 * Where the likelihood falls below `least`, beyond its best. It is concave, so the line through the two points before the
 * crossing lies above it: the bound errs outwards.
 */
function bound(grid: readonly number[], logs: readonly number[], best: number, least: number): number | null {
  const next = logs.findIndex((log, k) => k > best && log < least);
  if (next < 0) return null;
  const at = (k: number) => logs[k] ?? 0;
  const x = (k: number) => grid[k] ?? 0;
  const slope = next >= 2 ? (at(next - 1) - at(next - 2)) / (x(next - 1) - x(next - 2)) : 0;
  if (slope >= 0) return x(next);
  return Math.min(x(next), x(next - 1) + (least - at(next - 1)) / slope);
}

/** The most likely ratio, by the parabola through the best point of the grid; null at its ends. */
function peak(logs: RatioState, best: number): number | null {
  const [before, top, after] = [logs[best - 1], logs[best], logs[best + 1]];
  if (before === undefined || top === undefined || after === undefined) return null;
  const curve = before - 2 * top + after;
  if (curve >= 0) return null;
  return Math.exp((GRID[best] ?? 0) + ((before - after) / (2 * curve)) * STEP);
}
