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
  /** Goes on with what the process before was at; of the runs that were missed meanwhile one is made up for. */
  resume(): void;
}

/** A run that is not over. */
interface Run {
  readonly schedule: Schedule;
  readonly due: number;
}

export function createRunner(platform: Platform, groups: Groups): Runner {
  const { clock, random, storage } = platform;
  const timers = new Map<string, Timer>();
  const invoke = invoker(platform);
  /** When each schedule runs next, by its ARN. */
  const nextRuns = storage.map<number>("scheduler.next-runs");
  const underWay = storage.map<Run>("scheduler.runs");

  const remove = ({ arn }: Pick<Schedule, "arn">) => {
    timers.get(arn)?.cancel();
    timers.delete(arn);
    nextRuns.delete(arn);
  };
  const arm = (schedule: Schedule, from: number) => {
    const due = nextRun(schedule, from);
    if (due === undefined) return;
    const window = (schedule.settings.FlexibleTimeWindow?.MaximumWindowInMinutes ?? 0) * 60_000;
    const wait = due - clock.now() + Math.floor(random() * window);
    const importance = schedule.expression.type === "at" ? "foreground" : "background";
    nextRuns.set(schedule.arn, due);
    timers.set(
      schedule.arn,
      clock.after(wait, () => run(schedule, due), importance),
    );
  };
  const run = (schedule: Schedule, due: number, next = due + 1) => {
    timers.delete(schedule.arn);
    nextRuns.delete(schedule.arn);
    arm(schedule, next);
    carryOut({ schedule, due });
  };
  const carryOut = (due: Run) => {
    const { schedule } = due;
    const key = `${schedule.arn} ${due.due}`;
    underWay.set(key, due);
    void invoke(schedule, due.due).then(() => {
      underWay.delete(key);
      const last = nextRun(schedule, due.due + 1) === undefined;
      if (last && schedule.settings.ActionAfterCompletion === "DELETE") forget(schedule);
    });
  };
  const forget = (schedule: Schedule) => {
    const group = groups.all.get(schedule.groupName);
    // It may have been replaced while its last run was under way.
    const now = group?.schedules.get(schedule.name);
    if (now?.modifiedAt === schedule.modifiedAt) group?.schedules.delete(schedule.name);
  };

  return {
    remove,
    set(schedule, from) {
      remove(schedule);
      if (schedule.settings.State === "ENABLED") arm(schedule, from);
    },
    resume() {
      for (const unfinished of [...underWay.values()]) carryOut(unfinished);
      for (const { schedules } of groups.all.values()) {
        for (const schedule of schedules.values()) {
          const due = nextRuns.get(schedule.arn);
          if (due === undefined) continue;
          if (due > clock.now()) arm(schedule, due);
          else run(schedule, due, Math.max(due + 1, clock.now()));
        }
      }
    },
  };
}
