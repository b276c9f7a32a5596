import * as z from "zod";
import { isCompared, isRatio } from "../request/metric.ts";
import type { Admitted } from "../rollout.ts";

/** The percentiles that a threshold can be read off. */
export const Percentile = z.enum(["p90", "p99"]);
export type Percentile = z.infer<typeof Percentile>;

/** By metric, the milliseconds beyond which a request is slow. They never change while a rollout lasts. */
export const Thresholds = z.record(z.string(), z.number().nonnegative());
export type Thresholds = z.infer<typeof Thresholds>;

/** Thresholds of which some are still to be read off the stable group's history: a percentile of all its requests in it. */
export const WantedThresholds = z.record(z.string(), z.union([z.number().nonnegative(), Percentile]));
export type WantedThresholds = z.infer<typeof WantedThresholds>;

const percentileOf = { slowAtP90: "p90", slowAtP99: "p99" } as const;

/** The thresholds that a rollout's slow requests are counted by: those of its plan, and before it those asked for. */
export function wantedThresholds({ request, judging }: Admitted): WantedThresholds {
  if (judging !== null) return judging.plan.thresholds;
  const wanted = request.metrics.flatMap((metric): [string, number | Percentile][] => {
    if (!isCompared(metric) || isRatio(metric) || metric.name === "errors") return [];
    return [[metric.name, metric.slowerThanMs ?? percentileOf[metric.name]]];
  });
  return Object.fromEntries(wanted);
}
