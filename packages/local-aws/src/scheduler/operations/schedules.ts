import type {
  DeleteScheduleInput,
  GetScheduleInput,
  GetScheduleOutput,
  ListSchedulesInput,
  ListSchedulesOutput,
} from "@aws-sdk/client-scheduler";
import { page } from "../../events/page.ts";
import type { Operation } from "../../platform.ts";
import type { Scheduling } from "../scheduling.ts";

export function scheduleOperations({ groups, runner }: Scheduling) {
  const permission = (action: string) => ({
    permissions: ({ Name = "", GroupName }: GetScheduleInput) => [
      { action: `scheduler:${action}`, resource: groups.scheduleArn(Name, GroupName) },
    ],
  });

  const GetSchedule: Operation<GetScheduleInput, GetScheduleOutput> = {
    ...permission("GetSchedule"),
    run({ Name = "", GroupName }) {
      const { arn, settings, createdAt, modifiedAt } = groups.schedule(Name, GroupName);
      return {
        ...settings,
        Arn: arn,
        CreationDate: new Date(createdAt),
        LastModificationDate: new Date(modifiedAt),
      };
    },
  };
  const DeleteSchedule: Operation<DeleteScheduleInput, object> = {
    ...permission("DeleteSchedule"),
    run({ Name = "", GroupName }) {
      const schedule = groups.schedule(Name, GroupName);
      runner.remove(schedule);
      groups.group(GroupName).schedules.delete(Name);
      return {};
    },
  };
  const ListSchedules: Operation<ListSchedulesInput, ListSchedulesOutput> = {
    permissions: () => [{ action: "scheduler:ListSchedules", resource: "*" }],
    run({ GroupName, NamePrefix = "", State, MaxResults = 100, NextToken }) {
      const searched = GroupName === undefined ? [...groups.all.values()] : [groups.group(GroupName)];
      const found = searched
        .flatMap(({ schedules }) => [...schedules.values()])
        .filter(
          ({ name, settings }) =>
            name.startsWith(NamePrefix) && (State === undefined || settings.State === State),
        );
      const { items, next } = page(found, { limit: MaxResults, token: NextToken });
      const Schedules = items.map(({ arn, name, groupName, settings, target, createdAt, modifiedAt }) => ({
        Arn: arn,
        Name: name,
        GroupName: groupName,
        State: settings.State,
        Target: { Arn: target.Arn },
        CreationDate: new Date(createdAt),
        LastModificationDate: new Date(modifiedAt),
      }));
      return { Schedules, ...next };
    },
  };
  return { GetSchedule, DeleteSchedule, ListSchedules };
}
