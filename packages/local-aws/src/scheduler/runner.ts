import type { Timer } from "../clock/clock.ts";
import type { Platform } from "../platform.ts";
import type { Groups } from "./groups.ts";
import { invoker } from "./invocation/invoke.ts";
import { nextRun } from "./next-run.ts";
import type { Schedule } from "./schedule.ts";

/** Runs schedules when they are due, or within their flexible window after that. */
export interface Runner {
  /** Starts, restarts or stops a schedule, as it now says. Its next run is at `from` or later. */
  set(schedule: Schedule, from: number): void;
  remove(schedule: Pick<Schedule, "arn">): void;
}

export function createRunner(platform: Platform, groups: Groups): Runner {
  const timers = new Map<string, Timer>();
  const invoke = invoker(platform);

  const remove = ({ arn }: Pick<Schedule, "arn">) => {
    timers.get(arn)?.cancel();
    timers.delete(arn);
  };
  const arm = (schedule: Schedule, from: number): boolean => {
    const due = nextRun(schedule, from);
    if (due === undefined) return false;
    const window = (schedule.settings.FlexibleTimeWindow?.MaximumWindowInMinutes ?? 0) * 60_000;
    const wait = due - platform.clock.now() + Math.floor(platform.random() * window);
    const importance = schedule.expression.type === "at" ? "foreground" : "background";
    timers.set(
      schedule.arn,
      platform.clock.after(wait, () => run(schedule, due), importance),
    );
    return true;
  };
  const run = (schedule: Schedule, due: number) => {
    timers.delete(schedule.arn);
    const goesOn = arm(schedule, due + 1);
    void invoke(schedule, due).then(() => {
      if (!goesOn && schedule.settings.ActionAfterCompletion === "DELETE") forget(schedule);
    });
  };
  const forget = (schedule: Schedule) => {
    const group = groups.all.get(schedule.groupName);
    // It may have been replaced while its last run was under way.
    if (group?.schedules.get(schedule.name) === schedule) group.schedules.delete(schedule.name);
  };

  return {
    remove,
    set(schedule, from) {
      remove(schedule);
      if (schedule.settings.State === "ENABLED") arm(schedule, from);
    },
  };
}
