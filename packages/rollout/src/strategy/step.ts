import * as z from "zod";
import { wantedFields } from "../request/describe-issues.ts";
import { Otherwise, StepHook } from "../request/hook.ts";
import { minutes } from "../request/minutes.ts";
import { WholeWeight } from "../weight.ts";
import { Match } from "./match.ts";

const approval = {
  withinMinutes: minutes("withinMinutes", { least: 1 }).default(1440),
  otherwise: Otherwise.default("roll-back"),
};

/** That somebody has to approve: true, or how long it may take and what happens otherwise. */
export const Approval = z.union(
  [z.literal(true), z.strictObject(approval, wantedFields("an approval", approval))],
  { error: "an approval is true, or {withinMinutes: 60, otherwise: roll-back}" },
);
export type Approval = z.infer<typeof Approval>;

/** That a certificate is to be held before going on. */
export const Certificate = z.literal(true, { error: "certificate is true, or left out" });

/** How long the candidate is watched. */
export const Bake = minutes("a bake");

const step = {
  weight: WholeWeight.optional(),
  match: Match.optional(),
  bakeMinutes: Bake.optional(),
  certificate: Certificate.optional(),
  hook: StepHook.optional(),
  approval: Approval.optional(),
};

/** One step, done in this order: match and weight, bake, certificate, hook, approval. What is left out is not done. */
export const Step = z
  .strictObject(step, wantedFields("a step", step))
  .refine((fields) => Object.values(fields).some((value) => value !== undefined), {
    error: `a step has at least one of ${Object.keys(step).join(", ")}`,
  });
export type Step = z.infer<typeof Step>;

const MOST_STEPS = 50;
const wantedSteps = { error: `the steps are a list of 1 to ${MOST_STEPS}` };

/** Steps, at least so many. */
export const steps = (least: 0 | 1) => {
  const error = least === 1 ? wantedSteps : { error: `the steps are a list of at most ${MOST_STEPS}` };
  return z.array(Step, error).min(least, error).max(MOST_STEPS, error);
};

/** How long an approval may take, in minutes, and what happens then. */
export function approvalLimits(given: Approval): { withinMinutes: number; otherwise: Otherwise } {
  return given === true ? { withinMinutes: 1440, otherwise: "roll-back" } : given;
}
