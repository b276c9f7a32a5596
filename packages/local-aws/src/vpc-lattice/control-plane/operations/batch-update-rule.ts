import * as z from "zod";
import { AwsError } from "../../../aws-error.ts";
import { changedRule, priorityClash } from "../changed-rule.ts";
import type { ControlPlane } from "../control-plane.ts";
import { arns, idOf } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { pick } from "../pick.ts";
import type { Listener, Rule } from "../records.ts";
import { identifier } from "../shapes/identifier.ts";
import { priority } from "../shapes/priority.ts";
import { RuleAction } from "../shapes/rule-action.ts";
import { RuleMatch } from "../shapes/rule-match.ts";
import { listOf } from "../shapes/text.ts";
import { targetGroupArns } from "../target-group-arns.ts";
import { ruleView } from "../views/rule.ts";

const Update = z.object({
  ruleIdentifier: identifier.rule,
  match: RuleMatch.optional(),
  priority: priority.optional(),
  action: RuleAction.optional(),
});
type Update = z.output<typeof Update>;

const Input = z.object({
  serviceIdentifier: identifier.service,
  listenerIdentifier: identifier.listener,
  rules: listOf(Update, 1, 10).refine(
    (rules) => new Set(rules.map(({ ruleIdentifier }) => idOf(ruleIdentifier))).size === rules.length,
    "A rule must not be listed twice",
  ),
});

/**
 * Changes several rules, each by itself: some may succeed where others fail. Priorities are compared as they are after all
 * changes, so that rules can swap theirs.
 * https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_BatchUpdateRule.html
 */
export function batchUpdateRule(plane: ControlPlane) {
  const { store } = plane;
  return operation(Input, {
    permissions: ({ serviceIdentifier, listenerIdentifier, rules }, call) =>
      rules.map(({ ruleIdentifier, action }) =>
        permission(
          store,
          "UpdateRule",
          arns(call).rule(serviceIdentifier, listenerIdentifier, ruleIdentifier),
          targetGroupArns(call, action),
        ),
      ),
    run: ({ serviceIdentifier, listenerIdentifier, rules }) => {
      const listener = lookup(store).listener(serviceIdentifier, listenerIdentifier);
      const attempts = rules.map((update) => attempt(plane, listener, update));
      const kept = withoutClashes(store.rules.list(), attempts);
      return {
        successful: kept.flatMap((each) => ("changed" in each ? [view(store.rules.put(each.changed))] : [])),
        unsuccessful: kept.flatMap((each) => ("failure" in each ? [each.failure] : [])),
      };
    },
  });
}

type Attempt =
  | { readonly ruleIdentifier: string; readonly changed: Rule }
  | { readonly failure: ReturnType<typeof failureOf> };

function attempt(plane: ControlPlane, listener: Listener, { ruleIdentifier, ...change }: Update): Attempt {
  try {
    const rule = lookup(plane.store).rule(listener.serviceId, listener.id, ruleIdentifier);
    return { ruleIdentifier, changed: changedRule(plane, listener, rule, change) };
  } catch (error) {
    return { failure: failureOf(ruleIdentifier, error) };
  }
}

/** Fails attempts, the last first, until none would end with the priority of another rule. */
function withoutClashes(rules: readonly Rule[], attempts: readonly Attempt[]): readonly Attempt[] {
  const after = new Map(rules.map((rule) => [rule.id, rule]));
  for (const each of attempts) if ("changed" in each) after.set(each.changed.id, each.changed);
  for (const each of attempts.toReversed()) {
    const clash = "changed" in each ? priorityClash(after.values(), each.changed) : undefined;
    if (clash === undefined || !("changed" in each)) continue;
    const failed = { failure: failureOf(each.ruleIdentifier, clash) };
    return withoutClashes(
      rules,
      attempts.map((other) => (other === each ? failed : other)),
    );
  }
  return attempts;
}

function failureOf(ruleIdentifier: string, error: unknown) {
  if (!(error instanceof AwsError)) throw error;
  return { ruleIdentifier, failureCode: error.code, failureMessage: error.message };
}

function view(rule: Rule) {
  return pick(ruleView(rule), "id", "arn", "name", "isDefault", "match", "priority", "action");
}
