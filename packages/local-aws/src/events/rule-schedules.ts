import type { Timer } from "../clock/clock.ts";
import type { Platform } from "../platform.ts";
import type { Rule } from "./bus.ts";
import { busEvent } from "./event.ts";
import type { Router } from "./router.ts";
import { nextFiring, type RuleSchedule } from "./rule-schedule.ts";

/** Fires rules that have a schedule; a rate first fires one interval after the rule was put or enabled. */
export interface RuleSchedules {
  /** Starts, restarts or stops the schedule of a rule, as the rule now says. */
  set(rule: Rule): void;
  remove(rule: Rule): void;
}

export function createRuleSchedules(platform: Platform, router: Router): RuleSchedules {
  const timers = new Map<string, Timer>();
  const arm = (rule: Rule, schedule: RuleSchedule, last: number) => {
    const due = nextFiring(schedule, last);
    if (due === undefined) return;
    const fire = () => {
      arm(rule, schedule, due);
      const content = {
        source: "aws.events",
        detailType: "Scheduled Event",
        resources: [rule.arn],
        detail: {},
      };
      router.fire(rule, busEvent(platform, { ...content, at: due }), 0);
    };
    timers.set(rule.arn, platform.clock.after(due - platform.clock.now(), fire, "background"));
  };
  const remove = (rule: Rule) => {
    timers.get(rule.arn)?.cancel();
    timers.delete(rule.arn);
  };
  return {
    remove,
    set(rule) {
      remove(rule);
      if (rule.schedule === undefined || rule.state === "DISABLED") return;
      arm(rule, rule.schedule, platform.clock.now());
    },
  };
}
