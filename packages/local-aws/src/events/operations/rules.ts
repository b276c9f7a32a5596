import type {
  DeleteRuleRequest,
  DescribeRuleRequest,
  DescribeRuleResponse,
  DisableRuleRequest,
  EnableRuleRequest,
  ListRulesRequest,
  ListRulesResponse,
  Rule as RuleShape,
} from "@aws-sdk/client-eventbridge";
import type { Operation } from "../../platform.ts";
import type { Rule } from "../bus.ts";
import type { EventBridge } from "../event-bridge.ts";
import { page } from "../page.ts";
import { refuse } from "../refuse.ts";

export function ruleOperations(bridge: EventBridge) {
  const { buses, schedules, platform } = bridge;
  const permission = (action: string) => ({
    permissions: ({
      Name = "",
      EventBusName,
    }: {
      Name: string | undefined;
      EventBusName?: string | undefined;
    }) => [{ action: `events:${action}`, resource: buses.ruleArn(Name, EventBusName) }],
  });
  const setState = (name: string, busName: string | undefined, state: Rule["state"]) => {
    const rule = { ...buses.rule(name, busName), state };
    buses.bus(busName).rules.set(name, rule);
    schedules.set(rule);
  };

  const DescribeRule: Operation<DescribeRuleRequest, DescribeRuleResponse> = {
    ...permission("DescribeRule"),
    run: ({ Name = "", EventBusName }) => ({
      ...shape(buses.rule(Name, EventBusName)),
      CreatedBy: platform.account,
    }),
  };
  const DeleteRule: Operation<DeleteRuleRequest, void> = {
    ...permission("DeleteRule"),
    run({ Name = "", EventBusName }) {
      const bus = buses.bus(EventBusName);
      const rule = bus.rules.get(Name);
      // Deleting a rule that is not there succeeds on AWS.
      if (rule === undefined) return;
      if (rule.targets.size > 0) refuse("Rule can't be deleted since it has targets.");
      schedules.remove(rule);
      bus.rules.delete(Name);
    },
  };
  const EnableRule: Operation<EnableRuleRequest, void> = {
    ...permission("EnableRule"),
    run: ({ Name = "", EventBusName }) => setState(Name, EventBusName, "ENABLED"),
  };
  const DisableRule: Operation<DisableRuleRequest, void> = {
    ...permission("DisableRule"),
    run: ({ Name = "", EventBusName }) => setState(Name, EventBusName, "DISABLED"),
  };
  const ListRules: Operation<ListRulesRequest, ListRulesResponse> = {
    permissions: () => [{ action: "events:ListRules", resource: "*" }],
    run({ NamePrefix = "", EventBusName, NextToken, Limit = 100 }) {
      const rules = [...buses.bus(EventBusName).rules.values()].filter(({ name }) =>
        name.startsWith(NamePrefix),
      );
      const { items, next } = page(rules, { limit: Limit, token: NextToken });
      return { Rules: items.map(shape), ...next };
    },
  };
  return { DescribeRule, DeleteRule, EnableRule, DisableRule, ListRules };
}

function shape(rule: Rule): RuleShape {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.pattern?.text,
    ScheduleExpression: rule.schedule?.expression,
    State: rule.state,
    Description: rule.description,
    RoleArn: rule.roleArn,
    EventBusName: rule.busName,
  };
}
