import { Minute, type PastMinute, pastMinutes, type Reading } from "@espalier/evidence";
import { planAdaptive } from "../adaptive/adaptive-plan.ts";
import type { Instant } from "../instant.ts";
import { isRatio } from "../request/metric.ts";
import type { RolloutRequest } from "../request/rollout-request.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { stepsOf } from "../strategy/steps-of.ts";
import { countedMetrics, historyMinutes } from "./history-minutes.ts";
import { type Known, meanRequests, planComparison } from "./plan-comparison.ts";
import type { RolloutPlan } from "./rollout-plan.ts";
import type { Thresholds } from "./thresholds.ts";

/** The first minute whose metrics a rollout needs: before it is planned, those of the stable group's history too. */
export function firstUnread({ judging, watch, request }: Admitted): Minute {
  const next = watch.closedThrough + 1;
  const history = historyMinutes(countedMetrics(request.metrics));
  return Minute.parse(judging === null ? Math.max(0, next - history) : next);
}

/** Plans a rollout on its first look, from what the readings say of the stable group before it. */
export function planRollout(
  { request, watch, judging, phase }: Admitted,
  { readings, thresholds }: { readonly readings: readonly Reading[]; readonly thresholds: Thresholds },
  at: Instant,
): RolloutEvent[] {
  if (judging !== null || phase.type !== "starting") return [];
  const history = pastMinutes(readings, Minute.parse(watch.closedThrough + 1));
  const ratios = request.metrics.filter(isRatio).map(({ name }) => name);
  const others = [...Object.keys(thresholds), ...ratios].filter((name) => isMeasured(name, history));
  const measured = ["errors", ...others];
  const plan = planFor(request, history, { measured, thresholds });
  const traffic = `about ${Math.round(plan.requestsPerMinute).toLocaleString("en-US")} requests a minute`;
  const reason = [`planned on ${history.length} minutes of history, ${traffic}`, ...plan.notes].join("; ");
  return [{ type: "rollout-planned", at, plan, reason }];
}

function planFor(request: RolloutRequest, history: readonly PastMinute[], known: Known): RolloutPlan {
  const { strategy } = request;
  if (strategy.type === "adaptive") return planAdaptive({ ...request, strategy }, history, known);
  const [, ...entered] = stepsOf(strategy);
  const shares = entered.map(({ weight = 0 }) => weight);
  const { comparison, thresholds, notes } = planComparison(request, shares, history, known);
  const requestsPerMinute = meanRequests(history);
  return { version: 1, comparison, requestsPerMinute, ramp: null, thresholds, notes };
}

/** Requests were counted by it, or none were at all: with a threshold of the user's a metric needs no history. */
function isMeasured(name: string, history: readonly PastMinute[]): boolean {
  const served = (metric: string) => history.some(({ [metric]: counts }) => (counts?.requests ?? 0) > 0);
  return served(name) || !served("errors");
}
