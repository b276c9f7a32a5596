import type { CreateScheduleInput, CreateScheduleOutput } from "@aws-sdk/client-scheduler";
import { AwsError } from "../../aws-error.ts";
import type { Operation, Permission } from "../../platform.ts";
import { checkSchedule } from "../check-schedule.ts";
import type { Groups } from "../groups.ts";
import type { Scheduling } from "../scheduling.ts";

export function createSchedule({
  platform,
  groups,
  runner,
}: Scheduling): Operation<CreateScheduleInput, CreateScheduleOutput> {
  const tokens = platform.storage.map<string>("scheduler.client-tokens");
  return {
    permissions: (input) => writePermissions(groups, "CreateSchedule", input),
    run(input) {
      const group = groups.group(input.GroupName);
      const checked = checkSchedule(platform, input);
      const arn = groups.scheduleArn(checked.name, group.name);
      if (group.schedules.has(checked.name)) {
        // The same request again, as a client's retry sends it.
        if (input.ClientToken !== undefined && tokens.get(arn) === input.ClientToken)
          return { ScheduleArn: arn };
        throw new AwsError("ConflictException", `Schedule ${checked.name} already exists.`, 409);
      }
      const now = platform.clock.now();
      const schedule = { ...checked, arn, createdAt: now, modifiedAt: now };
      group.schedules.set(schedule.name, schedule);
      if (input.ClientToken !== undefined) tokens.set(arn, input.ClientToken);
      runner.set(schedule, now);
      return { ScheduleArn: arn };
    },
  };
}

/** Writing a schedule needs the permission to pass its role too. */
export function writePermissions(
  groups: Groups,
  action: "CreateSchedule" | "UpdateSchedule",
  { Name = "", GroupName, Target }: CreateScheduleInput,
): Permission[] {
  return [
    { action: `scheduler:${action}`, resource: groups.scheduleArn(Name, GroupName) },
    {
      action: "iam:PassRole",
      resource: Target?.RoleArn ?? "*",
      context: { "iam:PassedToService": "scheduler.amazonaws.com" },
    },
  ];
}
