import type {
  ListTargetsByRuleRequest,
  ListTargetsByRuleResponse,
  RemoveTargetsRequest,
  RemoveTargetsResponse,
} from "@aws-sdk/client-eventbridge";
import type { Operation } from "../../platform.ts";
import type { EventBridge } from "../event-bridge.ts";
import { page } from "../page.ts";

export function targetOperations({ buses }: EventBridge) {
  const permission = (action: string) => ({
    permissions: ({
      Rule = "",
      EventBusName,
    }: {
      Rule: string | undefined;
      EventBusName?: string | undefined;
    }) => [{ action: `events:${action}`, resource: buses.ruleArn(Rule, EventBusName) }],
  });
  const RemoveTargets: Operation<RemoveTargetsRequest, RemoveTargetsResponse> = {
    ...permission("RemoveTargets"),
    run({ Rule = "", EventBusName, Ids = [] }) {
      const rule = buses.rule(Rule, EventBusName);
      for (const id of Ids) rule.targets.delete(id);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
  };
  const ListTargetsByRule: Operation<ListTargetsByRuleRequest, ListTargetsByRuleResponse> = {
    ...permission("ListTargetsByRule"),
    run({ Rule = "", EventBusName, NextToken, Limit = 100 }) {
      const targets = [...buses.rule(Rule, EventBusName).targets.values()];
      const { items, next } = page(targets, { limit: Limit, token: NextToken });
      return { Targets: [...items], ...next };
    },
  };
  return { RemoveTargets, ListTargetsByRule };
}
