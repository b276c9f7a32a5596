import type { Retrier } from "../definition/state-machine-definition.ts";

/** Milliseconds before retry number `attempt` (the first is 0). Without MaxDelaySeconds the wait keeps growing. */
export function retryDelay(retrier: Retrier, attempt: number, random: () => number): number {
  const grown = retrier.IntervalSeconds * retrier.BackoffRate ** attempt;
  const seconds = Math.min(grown, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  return 1000 * (retrier.JitterStrategy === "FULL" ? seconds * random() : seconds);
}
