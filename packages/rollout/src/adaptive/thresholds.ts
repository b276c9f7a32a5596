import * as z from "zod";
import type { Admitted } from "../rollout.ts";
import type { AdaptiveMetric } from "./adaptive-strategy.ts";

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
export function wantedThresholds({ strategy, adaptive }: Admitted): WantedThresholds {
  if (strategy.type !== "adaptive") return {};
  if (adaptive !== null) return adaptive.plan.thresholds;
  return Object.fromEntries(strategy.metrics.flatMap(wantedOf));
}

function wantedOf({ name, slowerThanMs }: AdaptiveMetric): [string, number | Percentile][] {
  return name === "errors" ? [] : [[name, slowerThanMs ?? percentileOf[name]]];
}
