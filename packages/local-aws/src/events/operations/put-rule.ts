import type { PutRuleRequest, PutRuleResponse } from "@aws-sdk/client-eventbridge";
import type { Operation, Permission } from "../../platform.ts";
import type { Rule } from "../bus.ts";
import type { EventBridge } from "../event-bridge.ts";
import { keptTargets } from "../kept-buses.ts";
import { parseEventPattern } from "../pattern/event-pattern.ts";
import { checkName, refuse } from "../refuse.ts";
import { parseRuleSchedule } from "../rule-schedule.ts";

/** AWS's quota of the characters of a pattern. */
const longestPattern = 4096;

/** Creates a rule or replaces it; targets stay. */
export function putRule({
  platform,
  buses,
  schedules,
}: EventBridge): Operation<PutRuleRequest, PutRuleResponse> {
  return {
    permissions: ({ Name = "", EventBusName, RoleArn }) => [
      { action: "events:PutRule", resource: buses.ruleArn(Name, EventBusName) },
      ...(RoleArn === undefined ? [] : [passRole(RoleArn)]),
    ],
    run({ Name = "", EventBusName, EventPattern, ScheduleExpression, State, Description, RoleArn }) {
      checkName("name", Name, 64);
      const bus = buses.bus(EventBusName);
      if (!EventPattern && !ScheduleExpression) {
        refuse("Parameter(s) EventPattern or ScheduleExpression must be specified.");
      }
      if (ScheduleExpression && bus.name !== "default") {
        refuse("ScheduleExpression is supported only on the default event bus.");
      }
      const arn = buses.ruleArn(Name, bus.name);
      const rule: Rule = {
        name: Name,
        busName: bus.name,
        arn,
        pattern: EventPattern ? readPattern(EventPattern) : undefined,
        schedule: ScheduleExpression ? parseRuleSchedule(ScheduleExpression) : undefined,
        state: State === "DISABLED" ? "DISABLED" : "ENABLED",
        description: Description,
        roleArn: RoleArn,
        targets: keptTargets(platform.storage, arn),
      };
      bus.rules.set(Name, rule);
      schedules.set(rule);
      return { RuleArn: rule.arn };
    },
  };
}

/** The permission to let EventBridge act as a role. */
export function passRole(role: string): Permission {
  return {
    action: "iam:PassRole",
    resource: role,
    context: { "iam:PassedToService": "events.amazonaws.com" },
  };
}

function readPattern(text: string): NonNullable<Rule["pattern"]> {
  if (text.length > longestPattern) {
    refuse(
      `1 validation error detected: Value at 'eventPattern' failed to satisfy constraint: Member must have length less than or equal to ${longestPattern}`,
    );
  }
  return { ...parseEventPattern(text), text };
}
