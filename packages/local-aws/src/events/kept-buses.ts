import type { Target } from "@aws-sdk/client-eventbridge";
import type { Storage } from "../storage/storage.ts";
import type { Bus, Rule } from "./bus.ts";
import { parseEventPattern } from "./pattern/event-pattern.ts";
import { parseRuleSchedule } from "./rule-schedule.ts";

/** Buses by their name. */
export function keptBuses(storage: Storage): Map<string, Bus> {
  return storage.map<Bus>("events.buses", {
    write: ({ rules: _, ...bus }) => bus,
    read(written) {
      const bus = written as Omit<Bus, "rules">;
      return { ...bus, rules: keptRules(storage, bus.name) };
    },
  });
}

/** The rules of a bus by their name. Patterns and schedules are kept as they were given. */
export function keptRules(storage: Storage, busName: string): Map<string, Rule> {
  return storage.map<Rule>(`events.rules ${busName}`, {
    write: ({ pattern, schedule, targets: _, ...rule }) => ({
      ...rule,
      pattern: pattern?.text,
      schedule: schedule?.expression,
    }),
    read(written) {
      const { pattern, schedule, ...rule } = written as Omit<Rule, "pattern" | "schedule" | "targets"> & {
        readonly pattern?: string;
        readonly schedule?: string;
      };
      return {
        ...rule,
        pattern: pattern === undefined ? undefined : { ...parseEventPattern(pattern), text: pattern },
        schedule: schedule === undefined ? undefined : parseRuleSchedule(schedule),
        targets: keptTargets(storage, rule.arn),
      };
    },
  });
}

/** The targets of the rule of this ARN by their id. */
export function keptTargets(storage: Storage, ruleArn: string): Map<string, Target> {
  return storage.map(`events.targets ${ruleArn}`);
}
