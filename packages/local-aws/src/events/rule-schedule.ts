import { InvalidCron } from "../cron/invalid-cron.ts";
import { nextCronTime } from "../cron/next-cron-time.ts";
import { parseCron } from "../cron/parse-cron.ts";
import { parseRate } from "./rate.ts";
import { refuse } from "./refuse.ts";

/** When a rule fires by itself: every so many milliseconds, or as a pattern of croner's says, in UTC. */
export type RuleSchedule = { readonly expression: string } & (
  | { readonly type: "rate"; readonly every: number }
  | { readonly type: "cron"; readonly pattern: string }
);

/** Reads `rate(5 minutes)` and `cron(0 12 * * ? *)`. Throws ValidationException. */
export function parseRuleSchedule(expression: string): RuleSchedule {
  const invalid = "Parameter ScheduleExpression is not valid.";
  const rate = parseRate(expression);
  if (rate !== undefined && rate.plural === rate.value > 1) {
    return { expression, type: "rate", every: rate.every };
  }
  const fields = /^cron\((.*)\)$/.exec(expression)?.[1];
  if (fields === undefined) return refuse(invalid);
  try {
    return { expression, type: "cron", pattern: parseCron(fields) };
  } catch (error) {
    if (error instanceof InvalidCron) return refuse(`${invalid} ${error.message}`);
    throw error;
  }
}

/** When the rule fires first after `last`; undefined if never again. Milliseconds of AWS time. */
export function nextFiring(schedule: RuleSchedule, last: number): number | undefined {
  return schedule.type === "rate" ? last + schedule.every : nextCronTime(schedule.pattern, "UTC", last + 1);
}

/** From when to count the firings after `now` of a rule that last fired at `last`: a rate keeps its beat. */
export function lastBefore(schedule: RuleSchedule, last: number, now: number): number {
  return schedule.type === "rate" ? now - ((now - last) % schedule.every) : now;
}
