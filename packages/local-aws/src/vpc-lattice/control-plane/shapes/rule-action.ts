import * as z from "zod";
import { unconfirmed } from "../../unconfirmed.ts";
import { idOf } from "../identifiers.ts";
import { exactlyOne } from "./exactly-one.ts";
import { identifier } from "./identifier.ts";
import { integer, listOf } from "./text.ts";

const WeightedTargetGroup = z.object({
  /** Kept as the id, even when an ARN was sent. */
  targetGroupIdentifier: identifier.targetGroup.transform(idOf),
  weight: integer(0, 999)
    .optional()
    .transform((given) => given ?? unconfirmed.defaultWeight),
});

/** What a rule does with a request. The order of the target groups is kept. */
export const RuleAction = exactlyOne({
  forward: z.object({
    targetGroups: listOf(WeightedTargetGroup, 1, 10).refine(
      (groups) => new Set(groups.map((group) => group.targetGroupIdentifier)).size === groups.length,
      "A target group must not be listed twice",
    ),
  }),
  fixedResponse: z.object({
    statusCode: integer(100, 599).refine(
      (status) => status === 404 || status === 500,
      "Only 404 and 500 are supported",
    ),
  }),
});
export type RuleAction = z.output<typeof RuleAction>;

/** The ids of the target groups that an action forwards to, those of weight 0 included. */
export function groupsOf(action: RuleAction): string[] {
  return "forward" in action ? action.forward.targetGroups.map((group) => group.targetGroupIdentifier) : [];
}
