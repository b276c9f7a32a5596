import { ENOUGH_HISTORY } from "@espalier/evidence";
import { isCompared, type Metrics } from "../request/metric.ts";

// An hour more than is enough: minutes that are missing, idle or late must not make a history too short.
const WANTED = ENOUGH_HISTORY + 60;

// The last minutes before the first look are not there yet; without them there is still to be enough.
const LEAST = ENOUGH_HISTORY + 5;

// Some 90 bytes each, both arms, are what a state of Step Functions holds: 256 kB.
const MOST_COUNTS = 2500;

/** The minutes of the stable group's history that a rollout is planned on: fewer where so many metrics are more than one look reads. */
export function historyMinutes(metrics: number): number {
  return Math.max(LEAST, Math.min(WANTED, Math.floor(MOST_COUNTS / metrics)));
}

/** How many metrics a look counts: errors, whether they are compared or not, and whatever else is. */
export function countedMetrics(metrics: Metrics): number {
  return 1 + metrics.filter((metric) => isCompared(metric) && metric.name !== "errors").length;
}
