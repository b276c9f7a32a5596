/** What one arm served in one minute. The slow ones are counted against thresholds fixed before the rollout. */
export interface ArmCounts {
  requests: number;
  errors: number;
  /** Slower than the p90, the p99 of the stable arm's history. */
  slowerThanP90: number;
  slowerThanP99: number;
  /** Slower than the fixed 500 ms that the peers' examples watch. */
  slowerThan500ms: number;
}

/** Both arms' counts of the rollout's minute `minute`, counted from 0. */
export interface MinuteCounts {
  readonly minute: number;
  readonly candidate: Readonly<ArmCounts>;
  readonly stable: Readonly<ArmCounts>;
}

/** An arm that served nothing. */
export const idleArm = (): ArmCounts => ({
  requests: 0,
  errors: 0,
  slowerThanP90: 0,
  slowerThanP99: 0,
  slowerThan500ms: 0,
});
