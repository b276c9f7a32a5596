import type { Timer } from "../clock/clock.ts";
import type { Platform } from "../platform.ts";
import type { Rule } from "./bus.ts";
import { busEvent } from "./event.ts";
import type { Router } from "./router.ts";
import { lastBefore, nextFiring, type RuleSchedule } from "./rule-schedule.ts";

/** Fires rules that have a schedule; a rate first fires one interval after the rule was put or enabled. */
export interface RuleSchedules {
  /** Starts, restarts or stops the schedule of a rule, as the rule now says. */
  set(rule: Rule): void;
  remove(rule: Rule): void;
  /** Goes on with a schedule of the process before; of the firings that were missed meanwhile one is made up for. */
  resume(rule: Rule): void;
}

export function createRuleSchedules(platform: Platform, router: Router): RuleSchedules {
  const timers = new Map<string, Timer>();
  /** When each rule was last put or fired. */
  const lasts = platform.storage.map<number>("events.schedules");
  const arm = (rule: Rule, schedule: RuleSchedule, last: number) => {
    lasts.set(rule.arn, last);
    const due = nextFiring(schedule, last);
    if (due === undefined) return;
    const next = () => {
      arm(rule, schedule, due);
      fire(rule, due);
    };
    timers.set(rule.arn, platform.clock.after(due - platform.clock.now(), next, "background"));
  };
  const fire = (rule: Rule, at: number) => {
    const content = {
      source: "aws.events",
      detailType: "Scheduled Event",
      resources: [rule.arn],
      detail: {},
    };
    router.fire(rule, busEvent(platform, { ...content, at }), 0);
  };
  const remove = (rule: Rule) => {
    timers.get(rule.arn)?.cancel();
    timers.delete(rule.arn);
    lasts.delete(rule.arn);
  };
  return {
    remove,
    resume(rule) {
      const last = lasts.get(rule.arn);
      if (rule.schedule === undefined || last === undefined) return;
      const now = platform.clock.now();
      const missed = nextFiring(rule.schedule, last);
      if (missed === undefined || missed > now) return arm(rule, rule.schedule, last);
      arm(rule, rule.schedule, lastBefore(rule.schedule, last, now));
      fire(rule, missed);
    },
    set(rule) {
      remove(rule);
      if (rule.schedule === undefined || rule.state === "DISABLED") return;
      arm(rule, rule.schedule, platform.clock.now());
    },
  };
}
