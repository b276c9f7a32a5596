import type { UpdateScheduleInput, UpdateScheduleOutput } from "@aws-sdk/client-scheduler";
import type { Operation } from "../../platform.ts";
import { checkSchedule } from "../check-schedule.ts";
import type { Scheduling } from "../scheduling.ts";
import { writePermissions } from "./create-schedule.ts";

/** Replaces every setting, as on AWS: what is not given goes back to its default. A rate keeps the beat of its creation. */
export function updateSchedule({
  platform,
  groups,
  runner,
}: Scheduling): Operation<UpdateScheduleInput, UpdateScheduleOutput> {
  return {
    permissions: (input) => writePermissions(groups, "UpdateSchedule", input),
    run(input) {
      const known = groups.schedule(input.Name ?? "", input.GroupName);
      const now = platform.clock.now();
      const schedule = { ...known, ...checkSchedule(platform, input), modifiedAt: now };
      groups.group(input.GroupName).schedules.set(schedule.name, schedule);
      runner.set(schedule, now + 1);
      return { ScheduleArn: schedule.arn };
    },
  };
}
