import { named } from "./names.ts";
import { serviceRole } from "./service-role.ts";

/** What a schedule needs that asks for a rollout later: a group to be in and a role that may put events on the bus. */
export interface Schedules {
  readonly group: aws.scheduler.ScheduleGroup;
  readonly role: aws.iam.Role;
}

/** The group of scheduled requests and the role with which the Scheduler puts them on the bus. */
export function schedules(bus: aws.cloudwatch.EventBus, undelivered: aws.sqs.Queue): Schedules {
  return {
    group: new aws.scheduler.ScheduleGroup("Schedules", { name: named("schedules") }),
    role: serviceRole("schedules", "scheduler.amazonaws.com", [
      { actions: ["events:PutEvents"], resources: [bus.arn] },
      { actions: ["sqs:SendMessage"], resources: [undelivered.arn] },
    ]),
  };
}
