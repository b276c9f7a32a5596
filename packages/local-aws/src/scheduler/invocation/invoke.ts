import { AwsError } from "../../aws-error.ts";
import { queueUrl } from "../../events/delivery/call-target.ts";
import { messageAttributes } from "../../events/delivery/dead-letter.ts";
import { failureMessage, isPermanent } from "../../events/delivery/failure.ts";
import { type Delivered, retryPolicy, withRetries } from "../../events/delivery/retry.ts";
import { uuid, wholeSeconds } from "../../events/event.ts";
import type { Caller, Platform } from "../../platform.ts";
import type { Schedule } from "../schedule.ts";
import { type Attempt, fillContextAttributes } from "./context-attributes.ts";
import { templatedCall } from "./templated-target.ts";
import { universalCall, universalTarget } from "./universal-target.ts";

/**
 * Runs a schedule for the time it was due: calls its target as its role, again while that fails, and at last sends a dead
 * letter. Resolves when it is over, never rejects.
 */
export function invoker(platform: Platform): (schedule: Schedule, due: number) => Promise<void> {
  return async (schedule, due) => {
    const scheduledTime = wholeSeconds(due);
    let last: Attempt | undefined;
    const outcome = await withRetries(
      platform,
      retryPolicy(schedule.target.RetryPolicy),
      async (retries) => {
        last = { scheduleArn: schedule.arn, scheduledTime, executionId: uuid(platform), number: retries + 1 };
        await attempt(platform, schedule, last);
      },
      isPermanent,
    );
    if (outcome.type === "delivered" || last === undefined) return;
    count(platform, schedule, "InvocationDroppedCount");
    try {
      await deadLetter(platform, schedule, last, outcome);
    } catch {
      // The queue refused: on AWS too only this tells.
      count(platform, schedule, "InvocationsFailedToBeSentToDeadLetterCount");
    }
  };
}

async function attempt(platform: Platform, schedule: Schedule, current: Attempt): Promise<void> {
  const { service, operation, input } = await apiCall(platform, schedule, current);
  const answer = await platform.call(callerOf(platform, schedule, current), service, operation, input);
  const [refused] = answer?.FailedEntryCount > 0 ? answer.Entries : [];
  if (refused !== undefined) throw new AwsError(refused.ErrorCode, refused.ErrorMessage);
}

function apiCall(platform: Platform, schedule: Schedule, current: Attempt) {
  const input = fillContextAttributes(
    schedule.target.Input ?? defaultInput(platform, schedule, current),
    current,
  );
  return universalTarget(schedule.target.Arn) === undefined
    ? templatedCall(schedule, input)
    : universalCall(schedule.target.Arn, schedule.target.Input === undefined ? "{}" : input);
}

/** What a target gets whose schedule has no input. */
function defaultInput({ account, region }: Platform, { arn }: Schedule, current: Attempt): string {
  return JSON.stringify({
    version: "0",
    id: current.executionId,
    "detail-type": "Scheduled Event",
    source: "aws.scheduler",
    account,
    time: current.scheduledTime,
    region,
    resources: [arn],
    detail: "{}",
  });
}

function callerOf(platform: Platform, { target }: Schedule, { executionId }: Attempt): Caller {
  return platform.assume(target.RoleArn, executionId.replaceAll("-", ""), "scheduler.amazonaws.com");
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html */
async function deadLetter(
  platform: Platform,
  schedule: Schedule,
  last: Attempt,
  { error, retries, exhausted }: Extract<Delivered, { type: "failed" }>,
): Promise<void> {
  const queue = schedule.target.DeadLetterConfig?.Arn;
  if (queue === undefined) return;
  const attributes = {
    ERROR_CODE: error instanceof AwsError ? error.code : "InternalError",
    ERROR_MESSAGE: failureMessage(error),
    EXECUTION_ID: last.executionId,
    IS_PAYLOAD_TRUNCATED: "false",
    RETRY_ATTEMPTS: String(retries),
    SCHEDULED_TIME: last.scheduledTime,
    SCHEDULE_ARN: schedule.arn,
    TARGET_ARN: schedule.target.Arn,
    ...(exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: exhausted }),
  };
  const input = schedule.target.Input ?? defaultInput(platform, schedule, last);
  await platform.call(callerOf(platform, schedule, last), "sqs", "SendMessage", {
    QueueUrl: queueUrl(queue),
    MessageBody: fillContextAttributes(input, last),
    MessageAttributes: messageAttributes(attributes),
  });
}

function count(platform: Platform, { groupName }: Schedule, metric: string): void {
  platform.observe({
    namespace: "AWS/Scheduler",
    metric,
    dimensions: { ScheduleGroup: groupName },
    at: platform.clock.now(),
    value: 1,
  });
}
