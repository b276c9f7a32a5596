import { normalTail } from "../chance/normal.ts";
import { ln } from "../chance/portable-math.ts";
import type { World } from "../world.ts";
import type { ArmCounts } from "./minute-counts.ts";

/** Thresholds in milliseconds that stand in for the stable arm's true p90 and p99. */
export interface SlowerThan {
  readonly p90?: number;
  readonly p99?: number;
}

/** What share of an arm's requests is slower than each threshold, the lowest threshold first. */
export type SlowShares = readonly {
  readonly count: Exclude<keyof ArmCounts, "requests" | "errors">;
  readonly share: number;
}[];

/** The threshold of the peers' documented examples, in milliseconds. */
const FIXED_MS = 500;

const Z90 = 1.2815515655446004;
const Z99 = 2.3263478740408408;

/**
 * What share of each arm's requests is slower than the stable arm's true p90 and p99 (or what stands in for them), and of the
 * candidate's than 500 ms. Latency is lognormal through the stable p50 and p99; the candidate's is `latencyScale` times as long,
 * but for `slowTail` of its requests, which are as slow as the slowest 1% of the stable arm.
 */
export function slowShares(
  { stable, candidate }: World,
  slowerThan: SlowerThan = {},
): { stable: SlowShares; candidate: SlowShares } {
  const { p50, p99 } = stable.latencyMs;
  const sigma = ln(p99 / p50) / Z99;
  const shift = ln(candidate.latencyScale) / sigma;
  const at = (ms: number | undefined, otherwise: number) =>
    ms === undefined ? otherwise : ln(ms / p50) / sigma;
  const thresholds = [
    { count: "slowerThanP90", z: at(slowerThan.p90, Z90) },
    { count: "slowerThanP99", z: at(slowerThan.p99, Z99) },
    { count: "slowerThan500ms", z: at(FIXED_MS, 0) },
  ] as const;
  const ofTheTail = (z: number) => Math.min(1, normalTail(z) / normalTail(Z99));
  const ascending = [...thresholds].sort((one, other) => one.z - other.z);
  return {
    // No rule watches the stable arm against the fixed threshold, so it need not be drawn.
    stable: ascending
      .filter(({ count }) => count !== "slowerThan500ms")
      .map(({ count, z }) => ({ count, share: normalTail(z) })),
    candidate: ascending.map(({ count, z }) => ({
      count,
      share: (1 - candidate.slowTail) * normalTail(z - shift) + candidate.slowTail * ofTheTail(z),
    })),
  };
}

/** The share beyond one of the thresholds. */
export function shareBeyond(shares: SlowShares, count: SlowShares[number]["count"]): number {
  return shares.find((one) => one.count === count)?.share ?? 0;
}
