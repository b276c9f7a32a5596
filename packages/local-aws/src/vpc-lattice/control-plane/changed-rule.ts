import { checkAction } from "./check-action.ts";
import type { ControlPlane } from "./control-plane.ts";
import { conflict, invalid } from "./errors.ts";
import type { Listener, Rule } from "./records.ts";
import type { RuleAction } from "./shapes/rule-action.ts";
import type { RuleMatch } from "./shapes/rule-match.ts";

/** What to change of a rule; what is absent stays. Each part replaces the whole of its former self. */
export interface RuleChange {
  readonly match?: RuleMatch | undefined;
  readonly priority?: number | undefined;
  readonly action?: RuleAction | undefined;
}

/** The rule as it would be after `change`. Throws where Lattice would refuse, priorities apart. */
export function changedRule(
  { store, settings, platform }: ControlPlane,
  listener: Listener,
  rule: Rule,
  { match, priority, action }: RuleChange,
): Rule {
  if (rule.isDefault) {
    throw invalid({ name: "ruleIdentifier", message: "The default rule is changed with UpdateListener" });
  }
  if (action !== undefined) checkAction(store, settings, listener, action);
  return {
    ...rule,
    match: match ?? rule.match,
    priority: priority ?? rule.priority,
    action: action ?? rule.action,
    lastUpdatedAt: platform.clock.now(),
  };
}

/** A ConflictException where another of `rules` on the same listener has the priority of `rule`. */
export function priorityClash(rules: Iterable<Rule>, rule: Rule) {
  for (const { id, listenerId, priority } of rules) {
    if (listenerId === rule.listenerId && priority === rule.priority && id !== rule.id) {
      return conflict("RULE", id, `A rule with priority ${priority} already exists`);
    }
  }
  return undefined;
}
