import type { MetricsAsked as Metrics, Objective, Strategy } from "@espalier/rollout";
import type { Decider } from "../decider.ts";
import type { SlowerThan } from "../traffic/latency.ts";
import { startAdaptive } from "./adaptive.ts";
import { startCanary } from "./canary.ts";

/** The part of a rollout request that decides. */
export interface Asked {
  readonly strategy: Strategy;
  readonly alpha: number;
  readonly metrics?: Metrics | undefined;
  readonly objective?: Objective | undefined;
}

/** Espalier, asked for a rollout like this. */
export function espalier({ strategy, alpha, metrics, objective }: Asked): Decider {
  const judgedBy = { alpha, metrics: simulated(metrics), objective };
  return {
    rule: "espalier",
    metrics: "late",
    baseline: "stable",
    slowerThan: slowerThanIn(metrics),
    start: (history) =>
      strategy.type === "adaptive"
        ? startAdaptive({ strategy, ...judgedBy }, history)
        : startCanary({ strategy, ...judgedBy }, history),
  };
}

/** Of the metrics asked for, those that a world has: it knows no metric of the user's own. */
function simulated(metrics: Metrics | undefined): Metrics | undefined {
  const known = metrics?.filter(({ name }) => Object.hasOwn(thresholdOf, name) || name === "errors");
  return known?.length === 0 ? undefined : known;
}

const thresholdOf = { slowAtP90: "p90", slowAtP99: "p99" } as const;

function slowerThanIn(metrics: Metrics = []): SlowerThan {
  return Object.fromEntries(
    metrics.flatMap((metric) =>
      "slowerThanMs" in metric && metric.slowerThanMs !== undefined && metric.name !== "errors"
        ? [[thresholdOf[metric.name], metric.slowerThanMs]]
        : [],
    ),
  );
}
