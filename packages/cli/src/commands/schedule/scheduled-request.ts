import type { CreateScheduleCommandInput } from "@aws-sdk/client-scheduler";
import type { RolloutRequest } from "@espalier/rollout";
import type { Deployment } from "../../deployment.ts";
import { ExitCode, UserError } from "../../fail.ts";
import type { Timing } from "./timing.ts";

/** Where a schedule is made: what the stage wrote down for it. */
export type SchedulePlace = Pick<Deployment, "busArn" | "scheduleGroup" | "scheduleRole" | "undelivered">;

/**
 * What the Scheduler puts in at each run, so that one that is delivered twice is one rollout and the next one is another:
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
const ROLLOUT_ID = "<aws.scheduler.schedule-arn>/<aws.scheduler.scheduled-time>";

/** A rollout that is asked for an hour late would surprise more than one that is not: it goes to the dead letters then. */
const LATEST_SECONDS = 60 * 60;

/** The schedule of this name that asks for a rollout. One that runs once is gone after its run. Throws UserError. */
export function scheduledRequest(
  Name: string,
  timing: Timing,
  request: Omit<RolloutRequest, "id">,
  { busArn, scheduleGroup, scheduleRole, undelivered }: SchedulePlace,
): CreateScheduleCommandInput {
  if (!/^[\w.-]{1,64}$/.test(Name))
    throw new UserError(`the name is "${Name}"; a schedule's has 1 to 64 letters, digits and . _ -`, {
      exitCode: ExitCode.usage,
    });
  return {
    Name,
    GroupName: scheduleGroup,
    ...timing,
    FlexibleTimeWindow: { Mode: "OFF" },
    ActionAfterCompletion: "DELETE",
    Target: {
      Arn: busArn,
      RoleArn: scheduleRole,
      EventBridgeParameters: { Source: "espalier.schedule", DetailType: "Rollout Requested" },
      Input: JSON.stringify({ ...request, id: ROLLOUT_ID }),
      RetryPolicy: { MaximumEventAgeInSeconds: LATEST_SECONDS },
      DeadLetterConfig: { Arn: undelivered },
    },
  };
}
