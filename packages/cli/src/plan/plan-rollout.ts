import type { RolloutRequest } from "@espalier/rollout";
import { type CostLine, costOf } from "./cost.ts";
import { healthyMetrics } from "./healthy-metrics.ts";
import { type Milestone, milestones } from "./milestones.ts";
import { rehearse } from "./rehearse.ts";
import { type Usage, usageOf } from "./usage.ts";

/** What a rollout is going to do, how long it takes, and what it costs. Minutes and dollars. */
export interface PlannedRollout {
  readonly milestones: readonly Milestone[];
  readonly minutes: number;
  readonly usage: Usage;
  readonly cost: readonly CostLine[];
  readonly dollars: number;
}

/** Plans a rollout that is asked for at `at` of a service with so many requests a minute. Pure: nothing is asked for. */
export function planRollout(request: RolloutRequest, at: string, requestsPerMinute: number): PlannedRollout {
  const { events, stops } = rehearse(request, at, (rollout, now) =>
    healthyMetrics(rollout, now, requestsPerMinute),
  );
  const usage = usageOf(request, stops, events.length);
  const cost = costOf(usage);
  const end = events.at(-1)?.at ?? at;
  return {
    milestones: milestones(events),
    minutes: (Date.parse(end) - Date.parse(at)) / 60_000,
    usage,
    cost,
    dollars: cost.reduce((sum, { dollars }) => sum + dollars, 0),
  };
}
