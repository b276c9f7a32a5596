import type { SlowerThan } from "./traffic/latency.ts";
import type { ArmCounts, MinuteCounts } from "./traffic/minute-counts.ts";

/** Where a rollout stands. `holding back` is promoted, and still able to roll back; `promoted` and `rolled back` are final. */
export type Standing = "running" | "holding back" | "promoted" | "rolled back";

/** A rule that decides rollouts: Espalier's, or a peer's. */
export interface Decider {
  readonly rule: string;
  /** Whether its metrics come as late as the world says (CloudWatch), or as soon as a minute is over (Prometheus). */
  readonly metrics: "late" | "prompt";
  /** What the candidate is compared with: nothing, the stable arm, or a baseline of this share apart from it. */
  readonly baseline: "none" | "stable" | number;
  /** The thresholds beyond which it counts requests as slow, where they are not the stable arm's p90 and p99. */
  readonly slowerThan?: SlowerThan;
  /** A rollout that begins, given the stable arm's minutes before it, oldest first; null for one whose metrics never came. */
  start(history: readonly (Readonly<ArmCounts> | null)[]): Pilot;
}

/** One rollout under a rule. */
export interface Pilot {
  /** The candidate's share of the traffic from now on, from 0 to 1. */
  readonly share: number;
  readonly standing: Standing;
  /**
   * The end of a minute, `now` minutes after the rollout began, with the minutes whose metrics came since the last tick.
   * They are lent: what is to be kept must be copied.
   */
  tick(now: number, arrived: readonly MinuteCounts[]): void;
  /** How the rule sees the rollout now, in a few words. */
  note(): string;
}
