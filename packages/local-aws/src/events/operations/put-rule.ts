import type { PutRuleRequest, PutRuleResponse } from "@aws-sdk/client-eventbridge";
import type { Operation, Permission } from "../../platform.ts";
import type { Rule } from "../bus.ts";
import type { EventBridge } from "../event-bridge.ts";
import { parseEventPattern } from "../pattern/event-pattern.ts";
import { parseRate } from "../rate.ts";
import { checkName, refuse } from "../refuse.ts";

/** AWS's quota of the characters of a pattern. */
const longestPattern = 4096;

/** Creates a rule or replaces it; targets stay. Of schedules only `rate(...)` is offered; `cron(...)` comes later. */
export function putRule({ buses, schedules }: EventBridge): Operation<PutRuleRequest, PutRuleResponse> {
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
      const rule: Rule = {
        name: Name,
        busName: bus.name,
        arn: buses.ruleArn(Name, bus.name),
        pattern: EventPattern ? readPattern(EventPattern) : undefined,
        schedule: ScheduleExpression ? readSchedule(ScheduleExpression) : undefined,
        state: State === "DISABLED" ? "DISABLED" : "ENABLED",
        description: Description,
        roleArn: RoleArn,
        targets: bus.rules.get(Name)?.targets ?? new Map(),
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

function readSchedule(expression: string): NonNullable<Rule["schedule"]> {
  const rate = parseRate(expression);
  if (rate !== undefined && rate.plural === rate.value > 1) return { expression, every: rate.every };
  return expression.startsWith("cron(")
    ? refuse(`${expression}: cron schedules are not offered by this local AWS yet; rate(...) is.`)
    : refuse("Parameter ScheduleExpression is not valid.");
}
