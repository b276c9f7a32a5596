import { historyMinutes, type MetricsAsked as Metrics } from "@espalier/rollout";
import type { ArmCounts } from "../traffic/minute-counts.ts";

/** The stable arm's minutes before a rollout, oldest first; null for one whose metrics never came. */
export type Past = readonly (Readonly<ArmCounts> | null)[];

/** Of the minutes before a rollout those that the product reads. */
export const readPast = (past: Past, metrics: Metrics): Past => past.slice(-historyMinutes(metrics.length));

/**
 * The thresholds of the metrics that can be measured: without a history there is nothing to read a percentile off. A world counts by
 * thresholds of its own; how many milliseconds they are is only told.
 */
export function thresholdsFrom(past: Past, metrics: Metrics): Record<string, number> {
  const served = past.some((minute) => minute !== null && minute.requests > 0);
  const measured = metrics.flatMap((metric) => {
    const own = "slowerThanMs" in metric ? metric.slowerThanMs : undefined;
    if (metric.name === "errors" || (own === undefined && !served)) return [];
    return [[metric.name, own ?? 0] as const];
  });
  return Object.fromEntries(measured);
}
