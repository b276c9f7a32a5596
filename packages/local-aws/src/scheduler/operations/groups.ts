import type {
  CreateScheduleGroupInput,
  CreateScheduleGroupOutput,
  DeleteScheduleGroupInput,
  GetScheduleGroupInput,
  GetScheduleGroupOutput,
  ListScheduleGroupsInput,
  ListScheduleGroupsOutput,
} from "@aws-sdk/client-scheduler";
import { AwsError } from "../../aws-error.ts";
import { page } from "../../events/page.ts";
import { checkName, refuse } from "../../events/refuse.ts";
import type { Operation } from "../../platform.ts";
import type { ScheduleGroup } from "../schedule.ts";
import type { Scheduling } from "../scheduling.ts";

export function groupOperations({ groups, runner }: Scheduling) {
  const permission = (action: string) => ({
    permissions: ({ Name }: { Name: string | undefined }) => [
      { action: `scheduler:${action}`, resource: groups.arnOf(Name) },
    ],
  });

  const CreateScheduleGroup: Operation<CreateScheduleGroupInput, CreateScheduleGroupOutput> = {
    ...permission("CreateScheduleGroup"),
    run({ Name = "" }) {
      checkName("name", Name, 64);
      if (groups.all.has(Name)) {
        throw new AwsError("ConflictException", `Schedule group ${Name} already exists.`, 409);
      }
      return { ScheduleGroupArn: groups.add(Name) };
    },
  };
  const GetScheduleGroup: Operation<GetScheduleGroupInput, GetScheduleGroupOutput> = {
    ...permission("GetScheduleGroup"),
    run: ({ Name }) => shape(groups.group(Name)),
  };
  const ListScheduleGroups: Operation<ListScheduleGroupsInput, ListScheduleGroupsOutput> = {
    permissions: () => [{ action: "scheduler:ListScheduleGroups", resource: "*" }],
    run({ NamePrefix = "", MaxResults = 100, NextToken }) {
      const found = [...groups.all.values()].filter(({ name }) => name.startsWith(NamePrefix));
      const { items, next } = page(found, { limit: MaxResults, token: NextToken });
      return { ScheduleGroups: items.map(shape), ...next };
    },
  };
  /** Deletes the schedules of the group too; at once, where AWS takes a while. */
  const DeleteScheduleGroup: Operation<DeleteScheduleGroupInput, object> = {
    ...permission("DeleteScheduleGroup"),
    run({ Name }) {
      const group = groups.group(Name);
      if (group.name === "default") refuse("The default schedule group cannot be deleted.");
      for (const schedule of group.schedules.values()) runner.remove(schedule);
      group.schedules.clear();
      groups.all.delete(group.name);
      return {};
    },
  };
  return { CreateScheduleGroup, GetScheduleGroup, ListScheduleGroups, DeleteScheduleGroup };
}

function shape({ arn, name, createdAt }: ScheduleGroup) {
  const created = new Date(createdAt);
  return {
    Arn: arn,
    Name: name,
    State: "ACTIVE",
    CreationDate: created,
    LastModificationDate: created,
  } as const;
}
