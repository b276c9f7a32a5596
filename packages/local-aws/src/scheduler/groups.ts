import { AwsError } from "../aws-error.ts";
import type { Platform } from "../platform.ts";
import type { Schedule, ScheduleGroup } from "./schedule.ts";

/** The schedule groups of the account. The default one is always there. */
export interface Groups {
  readonly all: Map<string, ScheduleGroup>;
  /** Throws ResourceNotFoundException. */
  group(name: string | undefined): ScheduleGroup;
  /** Throws ResourceNotFoundException. */
  schedule(name: string, groupName: string | undefined): Schedule;
  arnOf(groupName: string | undefined): string;
  scheduleArn(name: string, groupName: string | undefined): string;
  /** Answers its ARN. */
  add(name: string): string;
}

export function createGroups({ clock, region, account, storage }: Platform): Groups {
  const prefix = `arn:aws:scheduler:${region}:${account}`;
  const schedulesOf = (group: string) => storage.map<Schedule>(`scheduler.schedules ${group}`);
  const all = storage.map<ScheduleGroup>("scheduler.groups", {
    write: ({ schedules: _, ...group }) => group,
    read(written) {
      const group = written as Omit<ScheduleGroup, "schedules">;
      return { ...group, schedules: schedulesOf(group.name) };
    },
  });
  const groups: Groups = {
    all,
    group(name = "default") {
      const group = all.get(name);
      if (group === undefined) throw missing(`Schedule group ${name} does not exist.`);
      return group;
    },
    schedule(name, groupName) {
      const schedule = groups.group(groupName).schedules.get(name);
      if (schedule === undefined) throw missing(`Schedule ${name} does not exist.`);
      return schedule;
    },
    arnOf: (name = "default") => `${prefix}:schedule-group/${name}`,
    scheduleArn: (name, groupName = "default") => `${prefix}:schedule/${groupName}/${name}`,
    add(name) {
      const arn = groups.arnOf(name);
      all.set(name, { arn, name, createdAt: clock.now(), schedules: schedulesOf(name) });
      return arn;
    },
  };
  if (!all.has("default")) groups.add("default");
  return groups;
}

const missing = (message: string) => new AwsError("ResourceNotFoundException", message, 404);
