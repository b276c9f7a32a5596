import type { Rule } from "../records.ts";

/** A rule as GetRule shows it: `headerMatches` is there even when none were set. */
export function ruleView(rule: Rule) {
  return {
    id: rule.id,
    arn: rule.arn,
    name: rule.name,
    isDefault: rule.isDefault,
    priority: rule.priority,
    match: rule.match && { httpMatch: { headerMatches: [], ...rule.match.httpMatch } },
    action: rule.action,
    createdAt: new Date(rule.createdAt),
    lastUpdatedAt: new Date(rule.lastUpdatedAt),
  };
}
