import type { Timer } from "../clock/clock.ts";
import type { Platform } from "../platform.ts";
import type { Rule } from "./bus.ts";
import { busEvent } from "./event.ts";
import type { Router } from "./router.ts";

/** Fires rules that have a rate, first one interval after the rule was put or enabled. */
export interface RuleSchedules {
  /** Starts, restarts or stops the schedule of a rule, as the rule now says. */
  set(rule: Rule): void;
  remove(rule: Rule): void;
}

export function createRuleSchedules(platform: Platform, router: Router): RuleSchedules {
  const timers = new Map<string, Timer>();
  const arm = (rule: Rule, every: number, due: number) => {
    const timer = platform.clock.after(due - platform.clock.now(), () => {
      arm(rule, every, due + every);
      const content = {
        source: "aws.events",
        detailType: "Scheduled Event",
        resources: [rule.arn],
        detail: {},
      };
      router.fire(rule, busEvent(platform, { ...content, at: due }), 0);
    });
    timers.set(rule.arn, timer);
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
      arm(rule, rule.schedule.every, platform.clock.now() + rule.schedule.every);
    },
  };
}
