import * as z from "zod";
import { AdaptiveStrategy } from "./adaptive/adaptive-strategy.ts";
import { wantedFields } from "./describe-issues.ts";
import { WholeWeight } from "./weight.ts";

const MOST_STEPS = 50;
const WEEK_IN_MINUTES = 7 * 24 * 60;

const wantedBake = { error: "a bake is a number of minutes from 0 to 10080, which is a week" };
const wantedSteps = {
  error: `the steps are a list of 1 to ${MOST_STEPS} weights, each with its bakeMinutes`,
};

const step = {
  weight: WholeWeight,
  bakeMinutes: z.number(wantedBake).min(0, wantedBake).max(WEEK_IN_MINUTES, wantedBake),
};

/** One step of a canary: a weight, and how long the candidate is watched at it. */
export const CanaryStep = z.strictObject(step, wantedFields("a step", step));
export type CanaryStep = z.infer<typeof CanaryStep>;

const canary = {
  type: z.literal("canary"),
  steps: z.array(CanaryStep, wantedSteps).min(1, wantedSteps).max(MOST_STEPS, wantedSteps),
};

/** Weight after weight, each baked; promotion after the last. */
export const Canary = z.strictObject(canary, wantedFields("a canary", canary));
export type Canary = z.infer<typeof Canary>;

/** How a rollout gets from nothing to everything. */
export const Strategy = z.discriminatedUnion("type", [AdaptiveStrategy, Canary], {
  error: (issue) =>
    issue.path?.at(-1) === "type"
      ? "the strategy types are adaptive and canary"
      : "a strategy has a type, and what its type asks for: {type: adaptive}, or {type: canary, steps: [...]}",
});
export type Strategy = z.infer<typeof Strategy>;
