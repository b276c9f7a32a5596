import { ArmCounts, ClosedMinute, RegressionPlan } from "@espalier/evidence";
import * as z from "zod";
import { AdaptivePlan } from "./adaptive/adaptive-plan.ts";
import { CommandType } from "./command.ts";
import { Forwarding } from "./forwarding.ts";
import { Instant } from "./instant.ts";
import { RolloutId } from "./rollout-request.ts";
import { Strategy } from "./strategy.ts";
import { Weight } from "./weight.ts";

/** A Lattice service or target group, with the name people know it by. */
export const Named = z.object({ id: z.string(), arn: z.string(), name: z.string() });
export type Named = z.infer<typeof Named>;

const at = { at: Instant };
const told = { ...at, reason: z.string() };
const asked = { ...at, by: z.string().optional(), why: z.string().optional() };

const step = z.int().nonnegative();

/** The numbers that every ending tells. */
export const Outcome = z.object({
  ...told,
  minutes: z.number().nonnegative(),
  weight: z.number(),
  counts: ArmCounts,
  evidence: z.number().nonnegative(),
  threshold: z.number().positive(),
});
export type Outcome = z.infer<typeof Outcome>;

/** The request could not be taken up. Nothing was locked or changed. `service` and `candidate` are as given, if given. */
export const RolloutRefused = z.object({
  type: z.literal("rollout-refused"),
  ...at,
  id: RolloutId,
  service: z.string(),
  candidate: z.string(),
  problems: z.array(z.string()).min(1),
});
export type RolloutRefused = z.infer<typeof RolloutRefused>;

/** The request was admitted: the lock is held, and `actions` are the actions as they were found. */
export const RolloutStarted = z.object({
  type: z.literal("rollout-started"),
  ...asked,
  id: RolloutId,
  service: Named,
  candidate: Named,
  stable: Named,
  strategy: Strategy,
  alpha: z.number(),
  regression: RegressionPlan,
  actions: z.array(Forwarding),
});
export type RolloutStarted = z.infer<typeof RolloutStarted>;

/** Everything that can happen to a rollout: its history is a list of these, its state their fold. */
export const RolloutEvent = z.discriminatedUnion("type", [
  RolloutRefused,
  RolloutStarted,
  z.object({ type: z.literal("rollout-planned"), ...told, plan: AdaptivePlan }),
  z.object({ type: z.literal("shift-decided"), ...told, to: Weight, step }),
  z.object({ type: z.literal("weights-shifted"), ...at, weight: Weight }),
  z.object({ type: z.literal("drift-found"), ...told }),
  z.object({
    type: z.literal("minutes-closed"),
    ...at,
    minutes: z.array(ClosedMinute).min(1),
    evidence: z.number().nonnegative(),
    counts: ArmCounts,
  }),
  z.object({ type: z.literal("step-passed"), ...told, step }),
  z.object({ type: z.literal("rollout-paused"), ...asked }),
  z.object({ type: z.literal("rollout-resumed"), ...asked }),
  z.object({ type: z.literal("promotion-decided"), ...told }),
  z.object({ type: z.literal("roll-back-decided"), ...told }),
  z.object({ type: z.literal("weights-restored"), ...at }),
  z.object({ type: z.literal("command-declined"), ...told, command: CommandType, commandId: z.string() }),
  z.object({ type: z.literal("rollout-promoted"), ...Outcome.shape }),
  z.object({ type: z.literal("rollout-rolled-back"), ...Outcome.shape }),
  z.object({ type: z.literal("rollout-stopped"), ...Outcome.shape }),
]);
export type RolloutEvent = z.infer<typeof RolloutEvent>;

/** The event's detail-type on the bus: `rollout-rolled-back` is told as `Rollout Rolled Back`. */
export function detailTypeOf({ type }: Pick<RolloutEvent, "type">): string {
  return type.replace(/(^|-)(\w)/g, (_, dash, letter) => (dash === "" ? "" : " ") + letter.toUpperCase());
}
