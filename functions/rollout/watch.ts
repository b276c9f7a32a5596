import { Minute } from "@espalier/evidence";
import {
  type Admitted,
  firstUnread,
  isRatio,
  isThreshold,
  RatioMetric,
  ThresholdMetric,
  WantedThresholds,
  wantedThresholds,
} from "@espalier/rollout";
import * as z from "zod";

/** What the workflow carries from one look to the next, so that collecting metrics needs no table. */
export const Watch = z.object({
  candidate: z.string(),
  stable: z.string(),
  after: Minute,
  /** Whether there is nothing to measure: the rollout is planned, and its candidate never had traffic. */
  idle: z.boolean().default(false),
  slow: WantedThresholds.default({}),
  /** The request's own. */
  ratios: z.array(RatioMetric).default([]),
  levels: z.array(ThresholdMetric).default([]),
  alarms: z.array(z.string()).default([]),
});
export type Watch = z.infer<typeof Watch>;

/** The two target groups, the minute up to which nothing is to be read (any more), what counts as slow, and what else is to be read. */
export function watchOf(rollout: Admitted): Watch {
  const { candidate, stable, request, judging, written } = rollout;
  const after = Minute.parse(Math.max(0, firstUnread(rollout) - 1));
  return {
    ...{ candidate: candidate.id, stable: stable.id, after, slow: wantedThresholds(rollout) },
    idle: judging !== null && written === null,
    ratios: request.metrics.filter(isRatio),
    levels: request.metrics.filter(isThreshold),
    alarms: request.alarms,
  };
}
