import {
  type CertificatePlan,
  type ComparisonPlan,
  defaultMetrics,
  ENOUGH_HISTORY,
  isEnoughHistory,
  type MetricSettings,
  type PastMinute,
  planMetrics,
  planObjective,
} from "@espalier/evidence";
import { rampConstants } from "../adaptive/ramp-constants.ts";
import type { Objective } from "../request/limits.ts";
import { isCompared, isRatio, type Metrics, type RatioMetric, type ServedMetric } from "../request/metric.ts";
import type { Thresholds } from "./thresholds.ts";

/** What a request asks to be compared. */
export interface ComparisonAsked {
  readonly alpha: number;
  readonly metrics: Metrics;
  readonly objective?: Objective | undefined;
}

/** What is known of the metrics when a rollout is planned. */
export interface Known {
  /** The names of those that are measured. */
  readonly measured: readonly string[];
  readonly thresholds: Thresholds;
}

type Compared = ServedMetric | RatioMetric;

// The prior never ends, since nobody knows beforehand for how long there is something to compare.
const START = { first: 0.8, horizon: 60, after: "falling" } as const;

/**
 * Plans what is compared, given the stable arm's minutes before it (missing ones left out): of the metrics asked for,
 * those that are measured, and errors if that leaves none to judge by. `shares` are those, in percent, that a certificate each is to
 * allow; one more allows promotion.
 */
export function planComparison(
  { alpha, metrics, objective }: ComparisonAsked,
  shares: readonly number[],
  history: readonly PastMinute[],
  { measured, thresholds }: Known,
) {
  const wanted = metrics.filter(isCompared);
  const there = wanted.filter(({ name }) => measured.includes(name));
  const judged = there.some((metric) => !isRatio(metric) || !metric.dryRun);
  const compared: readonly Compared[] = judged ? there : [ERRORS, ...there];
  const settings = compared.map((metric) => settingsOf(metric, shares));
  const comparison: ComparisonPlan = {
    version: 1,
    alpha,
    metrics: planMetrics(settings, history, START),
    objective: objective === undefined ? null : planObjective(objective, START),
  };
  const noisy = comparison.metrics
    .filter(({ noise, weight }) => noise !== null && weight > 0)
    .map(({ name }) => name);
  const slow = Object.entries(thresholds).filter(([name]) => compared.some((metric) => metric.name === name));
  const without = wanted.filter((metric) => !compared.includes(metric)).map(({ name }) => name);
  const notes = [
    ...notesOn(history, noisy),
    ...slow.map(([name, ms]) => `${name} counts requests over ${ms} ms`),
    ...notesWithout(without, meanRequests(history) > 0),
  ];
  return { comparison, noisy: noisy.length > 0, thresholds: Object.fromEntries(slow), notes };
}

const ERRORS: ServedMetric = { name: "errors", weight: 1 };

/** The requests a minute: Lattice's count, and where that is missing the largest of a metric's; 0 without a history. */
export function meanRequests(history: readonly PastMinute[]): number {
  if (history.length === 0) return 0;
  const counts = history.map(
    ({ errors, ...others }) =>
      errors?.requests ?? Math.max(0, ...Object.values(others).map(({ requests }) => requests)),
  );
  return counts.reduce((sum, requests) => sum + requests, 0) / history.length;
}

function settingsOf(metric: Compared, shares: readonly number[]): MetricSettings {
  const known = defaultMetrics.find(({ name }) => name === metric.name) ?? defaultMetrics[0];
  const { slack = known.slack } = metric;
  const certificates = certificatesFor(metric, shares);
  if (isRatio(metric)) {
    const { name, weight, dryRun } = metric;
    return { name, bad: `had ${name} in`, weight: dryRun ? 0 : weight, slack, certificates };
  }
  const { name, weight, slowerThanMs } = metric;
  const bad = slowerThanMs === undefined ? known.bad : `took over ${slowerThanMs} ms for`;
  return { name, bad, weight, slack, certificates };
}

/** A share of the user's asks for what the default's nearest larger share asks for. */
function certificatesFor(metric: Compared, shares: readonly number[]): CertificatePlan[] {
  const { steps, promotion, certificateRatio: ratio } = rampConstants;
  const last = steps[steps.length - 1] ?? steps[0];
  const rows = shares.map((share) => steps.find((step) => step.share >= share) ?? last);
  const slow = metric.name === "slowAtP90" || metric.name === "slowAtP99";
  return [...rows, promotion].map((row) => ({ ratio, slack: slow ? row.slow : row.errors, beta: row.beta }));
}

function notesOn(history: readonly PastMinute[], noisy: readonly string[]): string[] {
  const requests = history.map((minute) => Math.max(0, ...Object.values(minute).map((one) => one.requests)));
  const short = !isEnoughHistory(requests);
  const served = requests.filter((n) => n > 0).length;
  const age = served === 0 ? "no history" : `only ${served} minutes of history with traffic`;
  return [
    ...(short
      ? [
          `${age} (${ENOUGH_HISTORY} are enough): bursts that it cannot exclude are allowed for, which takes longer`,
        ]
      : []),
    ...(noisy.length > 0
      ? [`${noisy.join(" and ")} may come in bursts, so a regression has to show beyond them`]
      : []),
  ];
}

function notesWithout(metrics: readonly string[], served: boolean): string[] {
  if (metrics.length === 0) return [];
  const why = served ? "not measured here" : "no history to read a threshold off, and no slowerThanMs";
  return [`not compared: ${metrics.join(" and ")} (${why})`];
}
