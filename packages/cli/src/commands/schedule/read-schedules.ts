import { GetScheduleCommand, paginateListSchedules, type SchedulerClient } from "@aws-sdk/client-scheduler";
import { RolloutRequest } from "@espalier/rollout";

/** A schedule as it is listed. `request` is what it asks for; undefined where somebody else has made it otherwise. */
export interface ListedSchedule {
  readonly name: string;
  readonly when: string;
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly request: RolloutRequest | undefined;
}

/** Every schedule of the group, by name. */
export async function readSchedules(client: SchedulerClient, GroupName: string): Promise<ListedSchedule[]> {
  const found: ListedSchedule[] = [];
  for (const Name of await scheduleNames(client, GroupName)) {
    const read = await client.send(new GetScheduleCommand({ GroupName, Name }));
    found.push({
      name: Name,
      when: read.ScheduleExpression ?? "",
      timeZone: read.ScheduleExpressionTimezone ?? "UTC",
      enabled: read.State !== "DISABLED",
      request: requestIn(read.Target?.Input),
    });
  }
  return found;
}

/** The names of the schedules of the group. */
export async function scheduleNames(client: SchedulerClient, GroupName: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { Schedules = [] } of paginateListSchedules({ client }, { GroupName }))
    names.push(...Schedules.flatMap(({ Name }) => Name ?? []));
  return names.sort();
}

function requestIn(input = ""): RolloutRequest | undefined {
  try {
    const { id: _, ...request } = JSON.parse(input);
    return RolloutRequest.safeParse(request).data;
  } catch {
    return undefined;
  }
}
