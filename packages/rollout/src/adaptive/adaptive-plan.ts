import {
  type CertificatePlan,
  ComparisonPlan,
  defaultMetrics,
  ENOUGH_HISTORY,
  type MetricSettings,
  type PastMinute,
  planMetrics,
} from "@espalier/evidence";
import * as z from "zod";
import type { AdaptiveMetric, AdaptiveStrategy } from "./adaptive-strategy.ts";
import { rampConstants } from "./ramp-constants.ts";
import { RampPlan, RampTuning, SMALLEST_SHARE } from "./ramp-plan.ts";
import { Thresholds } from "./thresholds.ts";

/** What an adaptive rollout is going to do, fixed before its first shift and recorded with it. */
export const AdaptivePlan = z.object({
  version: z.literal(1),
  comparison: ComparisonPlan,
  ramp: RampPlan,
  /** What the compared metrics count as slow; plans of older releases compare errors alone. */
  thresholds: Thresholds.default({}),
  /** What people should know about the plan: too little history, noise that was found. */
  notes: z.array(z.string()),
});
export type AdaptivePlan = z.infer<typeof AdaptivePlan>;

/** What is known of the metrics when a rollout is planned. */
export interface Known {
  /** The names of those that are measured. */
  readonly measured: readonly string[];
  readonly thresholds: Thresholds;
}

/**
 * Plans a rollout, given what was asked for and the stable arm's minutes before it (missing ones left out). Of the metrics
 * asked for, those that are `measured` are compared, errors if there are none; all are unless said otherwise.
 */
export function planAdaptive(
  { strategy, alpha }: { readonly strategy: AdaptiveStrategy; readonly alpha: number },
  history: readonly PastMinute[],
  { measured, thresholds }: Known = { measured: strategy.metrics.map(({ name }) => name), thresholds: {} },
): AdaptivePlan {
  const asked = strategy.metrics.filter(({ name }) => measured.includes(name));
  const compared: readonly AdaptiveMetric[] = asked.length > 0 ? asked : [{ name: "errors", weight: 1 }];
  const without = strategy.metrics.filter((metric) => !compared.includes(metric)).map(({ name }) => name);
  // The prior never ends, since with the hold-back nobody knows beforehand for how long there is something to compare.
  const start = { first: 0.8, horizon: 60, after: "falling" } as const;
  const metrics = planMetrics(compared.map(settingsOf(strategy)), history, start);
  const noisy = metrics.filter(({ noise }) => noise !== null).map(({ name }) => name);
  const slow = Object.entries(thresholds).filter(([name]) => compared.some((metric) => metric.name === name));
  const patience = noisy.length > 0 ? rampConstants.noisyFactor : 1;
  const requestsPerMinute = meanRequests(history);
  return {
    version: 1,
    comparison: { version: 1, alpha, metrics, objective: null },
    ramp: {
      version: 1,
      requestsPerMinute,
      firstShare: firstShare(strategy, requestsPerMinute),
      steps: strategy.shares.map((share, k) => ({
        share: share / 100,
        cap: patience * (strategy.caps[k] ?? strategy.caps.at(-1) ?? 1),
      })),
      longSuspicion: patience * rampConstants.longSuspicion,
      budget: strategy.budget,
      holdBack:
        strategy.holdBack === false
          ? null
          : { share: strategy.holdBack.share / 100, minutes: strategy.holdBack.minutes },
      tuning: RampTuning.parse(rampConstants),
    },
    thresholds: Object.fromEntries(slow),
    notes: [
      ...notesOn(history, noisy),
      ...slow.map(([name, ms]) => `${name} counts requests over ${ms} ms`),
      ...notesWithout(without, requestsPerMinute > 0),
    ],
  };
}

function firstShare({ largestFirstShare, budget }: AdaptiveStrategy, requestsPerMinute: number): number {
  const { firstRequestsPerMinute, smallestFirstShare, budgetMinutes } = rampConstants;
  // A candidate that fails every request is not excluded yet.
  const affordable =
    budget === null || requestsPerMinute === 0 ? 1 : budget / (requestsPerMinute * budgetMinutes);
  // Where nothing is known of the traffic, the smallest share is the one that cannot do much harm.
  const wanted = requestsPerMinute > 0 ? firstRequestsPerMinute / requestsPerMinute : 0;
  const share = Math.min(largestFirstShare / 100, Math.max(smallestFirstShare / 100, wanted));
  return Math.max(SMALLEST_SHARE, Math.min(share, affordable));
}

/** By the first metric, which is counted in every minute that is there at all. */
function meanRequests(history: readonly PastMinute[]): number {
  if (history.length === 0) return 0;
  const counts = history.map((minute) =>
    Math.max(0, ...Object.values(minute).map(({ requests }) => requests)),
  );
  return counts.reduce((sum, requests) => sum + requests, 0) / history.length;
}

const settingsOf =
  (strategy: AdaptiveStrategy) =>
  (metric: AdaptiveMetric): MetricSettings => {
    const known = defaultMetrics.find(({ name }) => name === metric.name) ?? defaultMetrics[0];
    const bad = metric.slowerThanMs === undefined ? known.bad : `took over ${metric.slowerThanMs} ms for`;
    const { weight, slack = known.slack } = metric;
    return { name: known.name, bad, weight, slack, certificates: certificatesFor(metric, strategy) };
  };

/** A share of the user's asks for what the default's nearest larger share asks for. */
function certificatesFor({ name }: AdaptiveMetric, { shares }: AdaptiveStrategy): CertificatePlan[] {
  const { steps, promotion, certificateRatio: ratio } = rampConstants;
  const last = steps[steps.length - 1] ?? steps[0];
  const rows = shares.map((share) => steps.find((step) => step.share >= share) ?? last);
  return [...rows, promotion].map(({ errors, slow, beta }) => ({
    ratio,
    slack: name === "errors" ? errors : slow,
    beta,
  }));
}

function notesOn(history: readonly PastMinute[], noisy: readonly string[]): string[] {
  const short = history.length < ENOUGH_HISTORY;
  const age = history.length === 0 ? "no history" : `only ${history.length} minutes of history`;
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
