import * as z from "zod";
import { wholeNumber } from "./fields.ts";
import { TargetGroupName } from "./named.ts";

const Weight = wholeNumber("a weight", 0, 999);

const Weights = z
  .record(TargetGroupName, Weight, { error: "forward names a target group, or several with their weights" })
  .refine((weights) => Object.keys(weights).length >= 1 && Object.keys(weights).length <= 10, {
    error: "a request is forwarded to 1 to 10 target groups",
  })
  .refine((weights) => Object.values(weights).some((weight) => weight > 0), {
    error: "at least one weight is above 0",
  });

/**
 * What a rule does with a request: forwards it by weights, which hold when the action is made and belong to rollouts
 * afterwards, or answers it itself. Lattice answers with 404 and 500 only.
 */
export const Action = z.union([
  z.strictObject({
    forward: z.union([
      TargetGroupName.transform((group): Record<string, number> => ({ [group]: 100 })),
      Weights,
    ]),
  }),
  z.strictObject({ fixedResponse: z.literal([404, 500], { error: "a fixed response is 404 or 500" }) }),
]);
export type Action = z.infer<typeof Action>;

/** The target groups that an action forwards to. */
export const groupsOf = (action: Action): string[] =>
  "forward" in action ? Object.keys(action.forward) : [];
