import * as z from "zod";
import { checkAction } from "../check-action.ts";
import type { ControlPlane } from "../control-plane.ts";
import { conflict, invalid } from "../errors.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { pick } from "../pick.ts";
import type { Listener } from "../records.ts";
import { identifier } from "../shapes/identifier.ts";
import { clientToken, name, tags } from "../shapes/members.ts";
import { priority } from "../shapes/priority.ts";
import { RuleAction } from "../shapes/rule-action.ts";
import { RuleMatch } from "../shapes/rule-match.ts";
import { requestTags, tagNew, tagPermissions } from "../tagging.ts";
import { targetGroupArns } from "../target-group-arns.ts";
import { ruleView } from "../views/rule.ts";
import { withinQuota } from "../within-quota.ts";

const Input = z.object({
  serviceIdentifier: identifier.service,
  listenerIdentifier: identifier.listener,
  name: name.rule,
  match: RuleMatch,
  priority,
  action: RuleAction,
  tags: tags.optional(),
  clientToken,
});

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateRule.html */
export function createRule(plane: ControlPlane) {
  const { store, platform, settings, tokens } = plane;
  return operation(Input, {
    permissions: (input, call) => {
      const arn = arns(call).rule(input.serviceIdentifier, input.listenerIdentifier, "*");
      const context = { ...targetGroupArns(call, input.action), ...requestTags(input.tags) };
      return [
        permission(store, "CreateRule", arn, context),
        ...tagPermissions(arn, "CreateRule", input.tags),
      ];
    },
    run: (input, call) =>
      tokens.once(call, "CreateRule", input, () => {
        const listener = lookup(store).listener(input.serviceIdentifier, input.listenerIdentifier);
        checkFree(plane, listener, input);
        checkAction(store, settings, listener, input.action);
        const id = `rule-${platform.hexId(17)}`;
        const now = platform.clock.now();
        const rule = store.rules.put({
          id,
          arn: arns(call).rule(listener.serviceId, listener.id, id),
          serviceId: listener.serviceId,
          listenerId: listener.id,
          name: input.name,
          isDefault: false,
          priority: input.priority,
          match: input.match,
          action: input.action,
          createdAt: now,
          lastUpdatedAt: now,
        });
        tagNew(store, rule.arn, input.tags);
        return pick(ruleView(rule), "id", "arn", "name", "match", "priority", "action");
      }),
  });
}

function checkFree(
  { store, settings }: ControlPlane,
  listener: Listener,
  { name, priority }: { name: string; priority: number },
): void {
  if (listener.protocol === "TLS_PASSTHROUGH") {
    throw invalid({
      name: "listenerIdentifier",
      message: "A TLS_PASSTHROUGH listener has only its default rule",
    });
  }
  const rules = store.rules.filter((rule) => rule.listenerId === listener.id && !rule.isDefault);
  for (const rule of rules) {
    if (rule.name === name) throw conflict("RULE", rule.id, `Rule ${name} already exists`);
    if (rule.priority === priority) {
      throw conflict("RULE", rule.id, `A rule with priority ${priority} already exists`);
    }
  }
  withinQuota(settings, "rulesPerListener", rules.length + 1);
}
