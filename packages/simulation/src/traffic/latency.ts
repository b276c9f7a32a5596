import { normalTail } from "../chance/normal.ts";
import { ln } from "../chance/portable-math.ts";
import type { World } from "../world.ts";

/** Shares of an arm's requests that are slower than the thresholds. */
export interface SlowShares {
  readonly p90: number;
  readonly p99: number;
  readonly fixed: number;
}

/** The threshold of the peers' documented examples, in milliseconds. */
const FIXED_MS = 500;

const Z90 = 1.2815515655446004;
const Z99 = 2.3263478740408408;

/**
 * What share of each arm's requests is slower than the stable arm's true p90 and p99, and of the candidate's than 500 ms.
 * Latency is lognormal through the stable p50 and p99; the candidate's is `latencyScale` times as long, but for `slowTail`
 * of its requests, which are as slow as the slowest 1% of the stable arm.
 */
export function slowShares({ stable, candidate }: World): { stable: SlowShares; candidate: SlowShares } {
  const { p50, p99 } = stable.latencyMs;
  const sigma = ln(p99 / p50) / Z99;
  const fixed = ln(FIXED_MS / p50) / sigma;
  const shift = ln(candidate.latencyScale) / sigma;
  const share = (z: number, ofTheTail: number) =>
    (1 - candidate.slowTail) * normalTail(z - shift) + candidate.slowTail * ofTheTail;
  return {
    // No rule watches the stable arm against the fixed threshold, so it need not be drawn.
    stable: { p90: normalTail(Z90), p99: normalTail(Z99), fixed: 0 },
    candidate: {
      p90: share(Z90, 1),
      p99: share(Z99, 1),
      fixed: share(fixed, Math.min(1, normalTail(fixed) / normalTail(Z99))),
    },
  };
}
