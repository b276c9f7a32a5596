import type { Platform, Service } from "../platform.ts";
import { createGroups } from "./groups.ts";
import { createSchedule } from "./operations/create-schedule.ts";
import { groupOperations } from "./operations/groups.ts";
import { scheduleOperations } from "./operations/schedules.ts";
import { updateSchedule } from "./operations/update-schedule.ts";
import { createRunner } from "./runner.ts";

/** EventBridge Scheduler. */
export function createScheduler(platform: Platform): Service {
  const groups = createGroups(platform);
  const runner = createRunner(platform, groups);
  const scheduling = { platform, groups, runner };
  return {
    name: "scheduler",
    operations: {
      ...groupOperations(scheduling),
      ...scheduleOperations(scheduling),
      CreateSchedule: createSchedule(scheduling),
      UpdateSchedule: updateSchedule(scheduling),
    },
    resume: runner.resume,
  };
}
