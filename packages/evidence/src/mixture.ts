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

/** The mixture's evidence, as odds to 1: the weighted mean of the bets' wealth (all alike by default) and what is unspent. */
export function evidenceOf({ wealth, unspent }: Mixture, weights?: readonly number[]): number {
  return bounded(weightedMean(wealth, weights ?? wealth.map(() => 1)) + unspent);
}

/** The mean of some values by weights that need not sum to 1. */
export function weightedMean(values: readonly number[], weights: readonly number[]): number {
  let total = 0;
  let sum = 0;
  for (const [k, weight] of weights.entries()) {
    total += weight;
    sum += weight * (values[k] ?? 0);
  }
  return sum / total;
}

/** A wealth that a state can hold: neither beyond MOST nor so near to nil that a table refuses it. */
export function bounded(value: number): number {
  return value < LEAST ? 0 : Math.min(MOST, value);
}
