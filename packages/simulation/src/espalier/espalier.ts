import {
  isCompared,
  isRatio,
  MetricsAsked as Metrics,
  type Objective,
  type Strategy,
  Unreadable,
} from "@espalier/rollout";
import type { Decider } from "../decider.ts";
import type { SlowerThan } from "../traffic/latency.ts";
import { startAdaptive } from "./adaptive.ts";
import { startStepped } from "./stepped.ts";

/** The part of a rollout request that decides. */
export interface Asked {
  readonly strategy: Strategy;
  readonly alpha: number;
  readonly metrics?: Metrics | undefined;
  readonly objective?: Objective | undefined;
  readonly unreadable?: Unreadable | undefined;
}

/** Espalier, asked for a rollout like this. */
export function espalier({ strategy, alpha, metrics, objective, unreadable }: Asked): Decider {
  const judgedBy = {
    alpha,
    metrics: simulated(metrics ?? Metrics.parse(undefined)),
    objective,
    unreadable: unreadable ?? Unreadable.parse({}),
  };
  return {
    rule: "espalier",
    metrics: "late",
    baseline: "stable",
    slowerThan: slowerThanIn(metrics),
    start: (history) =>
      strategy.type === "adaptive"
        ? startAdaptive({ strategy, ...judgedBy }, history)
        : startStepped({ strategy, ...judgedBy }, history),
  };
}

/** Of the metrics asked for, those that a world has: it knows none of the user's own. Where that leaves none, errors are judged by. */
function simulated(metrics: Metrics): Metrics {
  const known = metrics.filter((metric) => isCompared(metric) && !isRatio(metric));
  return known.length === 0 ? [{ name: "errors", weight: 1 }] : known;
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
