import * as z from "zod";
import { type StartPrior, startMass } from "./start-prior.ts";

/** How far a mixture of bets over the minute in which a fault starts has come. `wealth` runs parallel to the bets. */
export const Mixture = z.object({
  minutes: z.int().nonnegative(),
  /** Prior mass not yet spent on a start minute. */
  unspent: z.number().min(0).max(1),
  wealth: z.array(z.number().nonnegative()),
});
export type Mixture = z.infer<typeof Mixture>;

/** Far beyond any threshold, and far from the largest number, so that a long outage cannot overflow a state. */
export const MOST = 1e30;

/** The largest logarithm of a factor: e^60 is beyond every bound of a state, and still far from the largest number. */
export const MOST_LOG = 60;

// DynamoDB keeps no positive number below 1e-130.
const LEAST = 1e-100;

/** A mixture of so many bets, before any minute. */
export function startMixture(bets: number): Mixture {
  return { minutes: 0, unspent: 1, wealth: new Array<number>(bets).fill(0) };
}

/**
 * The mixture after one more minute, in which each bet multiplied its stake by its factor: W <- (W + mass) * factor. If every
 * factor's expectation is at most 1 given the past, so is that of any mean of W plus what is unspent.
 */
export function stake(prior: StartPrior, mixture: Mixture, factors: readonly number[]): Mixture {
  const mass = Math.min(startMass(prior, mixture.minutes), mixture.unspent);
  return {
    minutes: mixture.minutes + 1,
    unspent: Math.max(0, mixture.unspent - mass),
    wealth: factors.map((factor, k) => bounded(((mixture.wealth[k] ?? 0) + mass) * factor)),
  };
}

/** The mixture's evidence, as odds to 1: the mean of the bets' wealth (all alike unless weighted) and what is unspent. */
export function evidenceOf({ wealth, unspent }: Mixture, bets?: readonly Weighted[]): number {
  return bounded((bets === undefined ? mean(wealth) : weightedMean(wealth, bets)) + unspent);
}

/** Something with a weight relative to its like. */
interface Weighted {
  readonly weight: number;
}

/** The mean of some values by the weights of what they belong to, which need not sum to 1. */
export function weightedMean(values: readonly number[], weighted: readonly Weighted[]): number {
  let total = 0;
  let sum = 0;
  for (let k = 0; k < weighted.length; k += 1) {
    const weight = weighted[k]?.weight ?? 0;
    total += weight;
    sum += weight * (values[k] ?? 0);
  }
  return sum / total;
}

/** The mean of some values. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A wealth that a state can hold: neither beyond MOST nor so near to nil that a table refuses it. */
export function bounded(value: number): number {
  return value < LEAST ? 0 : Math.min(MOST, value);
}
