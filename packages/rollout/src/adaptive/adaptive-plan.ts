import type { PastMinute } from "@espalier/evidence";
import { type Known, meanRequests, planComparison } from "../plan/plan-comparison.ts";
import type { AdaptivePlan } from "../plan/rollout-plan.ts";
import type { Objective } from "../request/limits.ts";
import { isCompared, Metrics } from "../request/metric.ts";
import type { AdaptiveStrategy } from "./adaptive-strategy.ts";
import { rampConstants } from "./ramp-constants.ts";
import { RampTuning, SMALLEST_SHARE } from "./ramp-plan.ts";

/** What a rollout asks of the adaptive strategy. `alpha` is the chance allowed of ever rolling back a healthy candidate. */
export interface AdaptiveRequest {
  readonly strategy: AdaptiveStrategy;
  readonly alpha: number;
  readonly metrics?: Metrics | undefined;
  readonly objective?: Objective | undefined;
}

/**
 * Plans an adaptive rollout, given what was asked for and the stable arm's minutes before it (missing ones left out). All metrics
 * asked for are measured unless said otherwise.
 */
export function planAdaptive(
  { strategy, alpha, metrics = Metrics.parse(undefined), objective }: AdaptiveRequest,
  history: readonly PastMinute[],
  known: Known = { measured: metrics.filter(isCompared).map(({ name }) => name), thresholds: {} },
): AdaptivePlan {
  const { shares } = strategy;
  const asked = { alpha, metrics, objective };
  const { comparison, noisy, thresholds, notes } = planComparison(asked, shares, history, known);
  const patience = noisy ? rampConstants.noisyFactor : 1;
  const requestsPerMinute = meanRequests(history);
  const ramp = {
    version: 1 as const,
    requestsPerMinute,
    firstShare: firstShare(strategy, requestsPerMinute),
    steps: shares.map((share, k) => ({
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
  };
  return { version: 1, comparison, requestsPerMinute, ramp, thresholds, notes };
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
