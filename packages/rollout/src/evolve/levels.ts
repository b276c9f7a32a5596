import type { Level } from "../level.ts";
import { isThreshold, type ThresholdMetric } from "../request/metric.ts";
import type { Admitted } from "../rollout.ts";

/**
 * The levels with some more read. A minute that was read before changes nothing, and one without a value neither: it is no news,
 * good or bad.
 */
export function levelsRead({ request, levels }: Admitted, read: readonly Level[]): Admitted["levels"] {
  const after = new Map(Object.entries(levels));
  for (const metric of request.metrics.filter(isThreshold)) {
    for (const level of read.filter(({ name }) => name === metric.name)) {
      const before = after.get(metric.name);
      if (level.value === null || level.minute <= (before?.minute ?? -1)) continue;
      const streak = isOutOfBounds(metric, level.value) ? (before?.outOfBounds ?? 0) + 1 : 0;
      after.set(metric.name, { ...level, outOfBounds: streak });
    }
  }
  return Object.fromEntries(after);
}

function isOutOfBounds({ above, below }: ThresholdMetric, value: number): boolean {
  return (above !== undefined && value > above) || (below !== undefined && value < below);
}
