import { ComparisonPlan } from "@espalier/evidence";
import * as z from "zod";
import { RampPlan } from "../adaptive/ramp-plan.ts";
import { Thresholds } from "./thresholds.ts";

/** What a rollout compares and, where its strategy is adaptive, how its share moves: fixed before the first shift and recorded. */
export const RolloutPlan = z.object({
  version: z.literal(1),
  comparison: ComparisonPlan,
  /** The stable group's, by its history; 0 where nothing is known. */
  requestsPerMinute: z.number().nonnegative(),
  /** Null for a strategy that walks through steps. */
  ramp: RampPlan.nullable(),
  /** What the compared metrics count as slow. */
  thresholds: Thresholds,
  /** What people should know about the plan: too little history, noise that was found. */
  notes: z.array(z.string()),
});
export type RolloutPlan = z.infer<typeof RolloutPlan>;

/** The plan of an adaptive rollout. */
export type AdaptivePlan = RolloutPlan & { readonly ramp: RampPlan };
