import * as z from "zod";
import { changedRule, priorityClash } from "../changed-rule.ts";
import type { ControlPlane } from "../control-plane.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { pick } from "../pick.ts";
import { priority } from "../shapes/priority.ts";
import { RuleAction } from "../shapes/rule-action.ts";
import { ruleIdentifiers } from "../shapes/rule-identifiers.ts";
import { RuleMatch } from "../shapes/rule-match.ts";
import { targetGroupArns } from "../target-group-arns.ts";
import { ruleView } from "../views/rule.ts";

const Input = z.object({
  ...ruleIdentifiers,
  match: RuleMatch.optional(),
  priority: priority.optional(),
  action: RuleAction.optional(),
});

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_UpdateRule.html */
export function updateRule(plane: ControlPlane) {
  const { store } = plane;
  return operation(Input, {
    permissions: ({ serviceIdentifier, listenerIdentifier, ruleIdentifier, action }, call) => [
      permission(
        store,
        "UpdateRule",
        arns(call).rule(serviceIdentifier, listenerIdentifier, ruleIdentifier),
        targetGroupArns(call, action),
      ),
    ],
    run: ({ serviceIdentifier, listenerIdentifier, ruleIdentifier, ...change }) => {
      const rule = lookup(store).rule(serviceIdentifier, listenerIdentifier, ruleIdentifier);
      const listener = lookup(store).listener(rule.serviceId, rule.listenerId);
      const changed = changedRule(plane, listener, rule, change);
      const clash = priorityClash(store.rules.list(), changed);
      if (clash !== undefined) throw clash;
      return pick(
        ruleView(store.rules.put(changed)),
        "id",
        "arn",
        "name",
        "isDefault",
        "match",
        "priority",
        "action",
      );
    },
  });
}
