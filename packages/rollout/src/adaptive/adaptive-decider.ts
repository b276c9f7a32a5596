import type { ComparedMinute, PastMinute } from "@espalier/evidence";
import type { AdaptiveStrategy } from "./adaptive-strategy.ts";

/** What a rollout asks of the adaptive strategy. `alpha` is the chance allowed of ever rolling back a healthy candidate. */
export interface AdaptiveRequest {
  readonly strategy: AdaptiveStrategy;
  readonly alpha: number;
}

/** What a tick leads to. */
export interface AdaptiveStep {
  /** The candidate's share from now on, from 0 to 1. */
  readonly share: number;
  /** `promoted` from the promotion on; while the hold-back lasts, `rolled-back` may still follow. */
  readonly decision: "go on" | "rolled-back" | "promoted";
  /** Whether the candidate has everything for good: the hold-back is over, or there is none. */
  readonly full: boolean;
}

/** A rollout's adaptive decisions without a workflow around them. */
export interface AdaptiveDecider {
  /** The candidate's share before the first tick, from 0 to 1. */
  readonly firstShare: number;
  /** The end of a minute, with the minutes that were closed since the last tick. A minute seen before changes nothing. */
  tick(minutes: readonly ComparedMinute[]): AdaptiveStep;
}

/** Decides as a rollout's workflow does, given the stable arm's minutes before it (a missing one is left out). */
export function adaptiveDecider(_request: AdaptiveRequest, _history: readonly PastMinute[]): AdaptiveDecider {
  throw new Error("the adaptive ramp is being built");
}
