import * as z from "zod";
import { Strategy } from "../strategy/strategy.ts";
import { Candidate } from "./candidate.ts";
import { wantedFields } from "./describe-issues.ts";
import { Hook } from "./hook.ts";
import { Deadlines, Objective, Unreadable } from "./limits.ts";
import { Metrics } from "./metric.ts";
import { minutes } from "./minutes.ts";
import { Reason, RequestedBy, RolloutId, reference } from "./reference.ts";
import { Window } from "./window.ts";

const wantedAlpha = { error: "alpha is a chance above 0 and at most 0.5; 0.01 by default" };
const wantedAlarms = { error: "the alarms are a list of at most 20 names of CloudWatch alarms" };
const wantedHooks = { error: "the hooks are a list of at most 10" };
const wantedWindows = { error: "the windows are a list of at most 20" };
const alarm = z.string(wantedAlarms).min(1, wantedAlarms).max(255, wantedAlarms);

const request = {
  id: RolloutId.optional(),
  service: reference("the VPC Lattice service"),
  candidate: Candidate,
  stable: reference("the target group of the version in use").optional(),
  strategy: Strategy.prefault({ type: "adaptive" }),
  metrics: Metrics,
  objective: Objective.optional(),
  alpha: z.number(wantedAlpha).gt(0, wantedAlpha).max(0.5, wantedAlpha).default(0.01),
  alarms: z.array(alarm, wantedAlarms).max(20, wantedAlarms).default([]),
  hooks: z.array(Hook, wantedHooks).max(10, wantedHooks).default([]),
  windows: z.array(Window, wantedWindows).max(20, wantedWindows).default([]),
  onDrift: z
    .enum(["abort", "adopt", "restore"], { error: "onDrift is abort, adopt or restore" })
    .default("abort"),
  unreadable: Unreadable.prefault({}),
  deadlines: Deadlines.prefault({}),
  whenLocked: z
    .enum(["refuse", "queue", "supersede"], { error: "whenLocked is refuse, queue or supersede" })
    .default("refuse"),
  warmMinutes: minutes("warmMinutes").default(60),
  reason: Reason.optional(),
  requestedBy: RequestedBy.optional(),
};

/**
 * What `Rollout Requested` carries and a rollout's file holds. `stable` is by default the group with the largest weight; the
 * strategy is adaptive unless another one is asked for; `alpha` is the chance allowed of ever rolling back a candidate that is no
 * worse; the share grows only while one of the `windows` is open, always if there are none; `warmMinutes` is for how long after
 * a promotion it can be undone and the groups made for it are kept.
 */
export const RolloutRequest = z.strictObject(request, wantedFields("a rollout request", request));
export type RolloutRequest = z.infer<typeof RolloutRequest>;
