import { ArmCounts, ClosedMinute, MetricVerdict, Minute, RatioInterval } from "@espalier/evidence";
import * as z from "zod";
import { AlarmState, CommandType } from "./command.ts";
import { Forwarding } from "./forwarding.ts";
import { Frozen } from "./frozen.ts";
import { Instant } from "./instant.ts";
import { Level } from "./level.ts";
import { RolloutPlan } from "./plan/rollout-plan.ts";
import { Hook, HookAnswer, Otherwise } from "./request/hook.ts";
import { RolloutId } from "./request/reference.ts";
import { RolloutRequest } from "./request/rollout-request.ts";
import { Match } from "./strategy/match.ts";
import { Weight } from "./weight.ts";

/** A Lattice service or target group, with the name people know it by. */
export const Named = z.object({ id: z.string(), arn: z.string(), name: z.string() });
export type Named = z.infer<typeof Named>;

const at = { at: Instant };
const told = { ...at, reason: z.string() };
const asked = { ...at, by: z.string().optional(), why: z.string().optional() };

const step = z.int().nonnegative();

/** The numbers that every ending tells. `counts` are of failed requests, `ratio` and `evidence` of all that is compared. */
export const Outcome = z.object({
  ...told,
  minutes: z.number().nonnegative(),
  weight: z.number(),
  counts: ArmCounts,
  /** How many times the stable rate of failures, with bounds that hold at every look in 95 of 100 rollouts. */
  ratio: RatioInterval,
  evidence: z.number().nonnegative(),
  threshold: z.number().positive(),
  /** Every compared metric, those that are only told among them. */
  metrics: z.array(MetricVerdict),
  /** The last values of the threshold metrics. */
  levels: z.array(Level),
  /** What people should know beside the outcome, a sentence each. */
  warnings: z.array(z.string()),
});
export type Outcome = z.infer<typeof Outcome>;

/** The request could not be taken up. Nothing was locked or changed. `request` is there if it could be read. */
export const RolloutRefused = z.object({
  type: z.literal("rollout-refused"),
  ...at,
  id: RolloutId,
  service: z.string(),
  candidate: z.string(),
  request: RolloutRequest.optional(),
  problems: z.array(z.string()).min(1),
});
export type RolloutRefused = z.infer<typeof RolloutRefused>;

/** The request waits for its service, which somebody else holds. `service` is its name, `candidate` as given. */
export const RolloutQueued = z.object({
  type: z.literal("rollout-queued"),
  ...told,
  id: RolloutId,
  service: z.string(),
  candidate: z.string(),
  request: RolloutRequest,
});
export type RolloutQueued = z.infer<typeof RolloutQueued>;

/** The request was admitted: the lock is held, and `actions` are the actions as they were found. */
export const RolloutStarted = z.object({
  type: z.literal("rollout-started"),
  ...asked,
  id: RolloutId,
  request: RolloutRequest,
  service: Named,
  candidate: Named,
  stable: Named,
  actions: z.array(Forwarding),
  /** The promoted rollout that this one takes back. */
  undoes: RolloutId.optional(),
  /** Whether the candidate's group was made for this rollout. */
  made: z.boolean().default(false),
  /** What was seen when it was admitted: the values of the user's own metrics. */
  notes: z.array(z.string()).default([]),
});
export type RolloutStarted = z.infer<typeof RolloutStarted>;

/** A group that was made for candidates of a service is no longer needed and gone. It is told, and part of no history. */
export const TargetGroupDeleted = z.object({
  type: z.literal("target-group-deleted"),
  ...told,
  service: z.string(),
  group: Named,
});
export type TargetGroupDeleted = z.infer<typeof TargetGroupDeleted>;

/** Everything that can happen to a rollout: its history is a list of these, its state their fold. */
export const RolloutEvent = z.discriminatedUnion("type", [
  RolloutRefused,
  RolloutQueued,
  RolloutStarted,
  TargetGroupDeleted,
  z.object({ type: z.literal("rollout-planned"), ...told, plan: RolloutPlan }),
  z.object({ type: z.literal("shift-decided"), ...told, to: Weight, match: Match.nullable(), step }),
  z.object({ type: z.literal("weights-shifted"), ...at, weight: Weight }),
  z.object({ type: z.literal("growth-held"), ...told, until: Instant.nullable() }),
  z.object({ type: z.literal("growth-freed"), ...at }),
  z.object({ type: z.literal("rollouts-frozen"), ...at, frozen: Frozen }),
  z.object({ type: z.literal("rollouts-thawed"), ...at }),
  z.object({ type: z.literal("drift-found"), ...told }),
  z.object({
    type: z.literal("drift-adopted"),
    ...told,
    actions: z.array(Forwarding),
    found: z.array(Forwarding),
  }),
  z.object({ type: z.literal("drift-overruled"), ...told, actions: z.array(Forwarding) }),
  z.object({ type: z.literal("share-contradicted"), ...told, asked: z.number(), minutes: z.array(Minute) }),
  z.object({
    type: z.literal("minutes-closed"),
    ...at,
    minutes: z.array(ClosedMinute).min(1),
    evidence: z.number().nonnegative(),
    counts: ArmCounts,
  }),
  z.object({ type: z.literal("levels-read"), ...at, levels: z.array(Level).min(1) }),
  z.object({ type: z.literal("metrics-unreadable"), ...told }),
  z.object({ type: z.literal("metrics-readable"), ...at }),
  z.object({ type: z.literal("alarm-noted"), ...at, alarm: AlarmState }),
  z.object({ type: z.literal("step-baked"), ...at, step }),
  z.object({ type: z.literal("certificate-awaited"), ...told, step }),
  z.object({
    type: z.literal("hook-called"),
    ...at,
    point: Hook.shape.at,
    step,
    hook: z.string(),
    attempt: step,
  }),
  z.object({ type: z.literal("hook-answered"), ...at, attempt: step, ...HookAnswer.shape }),
  z.object({
    type: z.literal("approval-awaited"),
    ...told,
    step,
    until: Instant,
    otherwise: Otherwise,
  }),
  z.object({ type: z.literal("approval-given"), ...asked }),
  z.object({ type: z.literal("step-passed"), ...told, step, note: z.string().optional() }),
  z.object({ type: z.literal("rollout-paused"), ...asked }),
  z.object({ type: z.literal("rollout-resumed"), ...asked }),
  z.object({ type: z.literal("promotion-decided"), ...told }),
  z.object({ type: z.literal("stay-decided"), ...told }),
  z.object({ type: z.literal("return-decided"), ...told }),
  z.object({ type: z.literal("roll-back-decided"), ...told }),
  z.object({ type: z.literal("weights-restored"), ...at, warnings: z.array(z.string()).default([]) }),
  z.object({
    type: z.literal("command-declined"),
    ...told,
    command: z.union([CommandType, z.enum(["alarm", "freeze"])]),
    commandId: z.string(),
  }),
  z.object({ type: z.literal("recovery-abandoned"), ...told, service: z.string() }),
  z.object({ type: z.literal("rollout-promoted"), ...Outcome.shape }),
  z.object({ type: z.literal("rollout-rolled-back"), ...Outcome.shape }),
  z.object({ type: z.literal("rollout-stopped"), ...Outcome.shape }),
  z.object({ type: z.literal("rollout-shifted"), ...Outcome.shape }),
  z.object({ type: z.literal("rollout-shifted-back"), ...Outcome.shape }),
]);
export type RolloutEvent = z.infer<typeof RolloutEvent>;

/** The event's detail-type on the bus: `rollout-rolled-back` is told as `Rollout Rolled Back`. */
export function detailTypeOf({ type }: Pick<RolloutEvent, "type">): string {
  return type.replace(/(^|-)(\w)/g, (_, dash, letter) => (dash === "" ? "" : " ") + letter.toUpperCase());
}
