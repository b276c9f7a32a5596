import type { Call } from "../../platform.ts";
import { arns } from "./identifiers.ts";
import { groupsOf, type RuleAction } from "./shapes/rule-action.ts";

/** `vpc-lattice:TargetGroupArns`, by which a policy limits the groups that a caller may forward to. */
export function targetGroupArns(call: Call, action: RuleAction | undefined): Record<string, string[]> {
  if (action === undefined) return {};
  const groups = groupsOf(action).map(arns(call).targetGroup);
  return groups.length === 0 ? {} : { "vpc-lattice:TargetGroupArns": groups };
}
