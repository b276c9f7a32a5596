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
  id: RolloutId.optional().describe("Drops repeats: the same id twice is one rollout"),
  service: reference("the VPC Lattice service").describe("The VPC Lattice service: its name, id or ARN"),
  candidate: Candidate.describe(
    "What is rolled out: a target group by name, id or ARN, a Lambda version or alias by ARN, or targets",
  ),
  stable: reference("the target group of the version in use")
    .optional()
    .describe("The target group in use; by default the one with the largest weight"),
  strategy: Strategy.prefault({ type: "adaptive" }).describe(
    "How the candidate gets from nothing to everything",
  ),
  metrics: Metrics.describe("What the candidate is judged by, whatever the strategy"),
  objective: Objective.optional().describe("An absolute limit, off unless asked for"),
  alpha: z
    .number(wantedAlpha)
    .gt(0, wantedAlpha)
    .max(0.5, wantedAlpha)
    .default(0.01)
    .describe("The chance allowed of ever rolling back, on evidence, a candidate that is no worse"),
  alarms: z
    .array(alarm, wantedAlarms)
    .max(20, wantedAlarms)
    .default([])
    .describe("CloudWatch alarms that roll back when they fire"),
  hooks: z
    .array(Hook, wantedHooks)
    .max(10, wantedHooks)
    .default([])
    .describe("Functions and addresses that are asked whether to go on"),
  windows: z
    .array(Window, wantedWindows)
    .max(20, wantedWindows)
    .default([])
    .describe("When the share may grow; always if there are none"),
  onDrift: z
    .enum(["abort", "adopt", "restore"], { error: "onDrift is abort, adopt or restore" })
    .default("abort")
    .describe("What is done about weights that somebody else writes"),
  unreadable: Unreadable.prefault({}).describe("What follows where the metrics cannot be read for so long"),
  deadlines: Deadlines.prefault({}).describe("How long things may take, and what follows then"),
  whenLocked: z
    .enum(["refuse", "queue", "supersede"], { error: "whenLocked is refuse, queue or supersede" })
    .default("refuse")
    .describe("What is done where the service is being rolled out already"),
  warmMinutes: minutes("warmMinutes")
    .default(60)
    .describe("For how long after its end a rollout can be undone"),
  reason: Reason.optional().describe("Why, for the history"),
  requestedBy: RequestedBy.optional().describe("Who asks"),
};

/**
 * What `Rollout Requested` carries and a rollout's file holds. `stable` is by default the group with the largest weight; the
 * strategy is adaptive unless another one is asked for; `alpha` is the chance allowed of ever rolling back a candidate that is no
 * worse; the share grows only while one of the `windows` is open, always if there are none; `warmMinutes` is for how long after
 * a promotion it can be undone and the groups made for it are kept.
 */
export const RolloutRequest = z
  .strictObject(request, wantedFields("a rollout request", request))
  .superRefine(({ strategy, hooks }, context) => {
    if (strategy.type !== "adaptive") return;
    for (const [k, { at }] of hooks.entries()) {
      if (at !== "step") continue;
      const message = "an adaptive rollout has no steps to ask at; use start, end and roll-back";
      context.addIssue({ code: "custom", path: ["hooks", k, "at"], message });
    }
  });
export type RolloutRequest = z.infer<typeof RolloutRequest>;
