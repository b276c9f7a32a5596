import {
  ConflictException,
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
  ValidationException,
} from "@aws-sdk/client-scheduler";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { runningLocalAws } from "../running-local-aws.ts";

const minute = 60_000;

async function withQueue() {
  const { aws, clock, settings } = await runningLocalAws();
  const sqs = new SQSClient(settings);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "q" }));
  const role = aws.iam.putRole({
    name: "scheduler",
    trust: {
      Statement: {
        Effect: "Allow",
        Principal: { Service: "scheduler.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    },
    policies: { own: { Statement: { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" } } },
  });
  return {
    clock,
    scheduler: new SchedulerClient(settings),
    target: {
      Arn: `arn:aws:sqs:us-east-1:${aws.account}:q`,
      RoleArn: role.arn,
      Input: '"<aws.scheduler.scheduled-time>"',
    },
    async received() {
      const answer = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      return (answer.Messages ?? []).map(({ Body }) => Body);
    },
  };
}

describe("an SDK client of Scheduler", () => {
  test("creates, changes, lists and deletes a schedule that runs meanwhile", async () => {
    const { clock, scheduler, target, received } = await withQueue();
    await scheduler.send(new CreateScheduleGroupCommand({ Name: "g" }));
    const schedule = {
      Name: "s",
      GroupName: "g",
      ScheduleExpression: "rate(5 minutes)",
      FlexibleTimeWindow: { Mode: "OFF" },
      StartDate: new Date(clock.now() + minute),
      Target: target,
    } as const;
    const { ScheduleArn } = await scheduler.send(new CreateScheduleCommand(schedule));
    await clock.advance(7 * minute);
    expect(await received()).toEqual(['"2026-01-01T00:01:00Z"', '"2026-01-01T00:06:00Z"']);
    expect(await scheduler.send(new GetScheduleCommand({ Name: "s", GroupName: "g" }))).toMatchObject({
      ...schedule,
      Arn: ScheduleArn,
      State: "ENABLED",
      CreationDate: new Date("2026-01-01T00:00:00Z"),
    });
    const once = { ScheduleExpression: "at(2026-01-01T00:10:00)", ActionAfterCompletion: "DELETE" } as const;
    await scheduler.send(new UpdateScheduleCommand({ ...schedule, ...once, StartDate: undefined }));
    await clock.advance(10 * minute);
    // The others were not deleted and are visible again.
    expect(await received()).toEqual([
      '"2026-01-01T00:01:00Z"',
      '"2026-01-01T00:06:00Z"',
      '"2026-01-01T00:10:00Z"',
    ]);
    expect((await scheduler.send(new ListSchedulesCommand({ GroupName: "g" }))).Schedules).toEqual([]);
  });

  test("gets AWS's errors as their classes", async () => {
    const { scheduler, target } = await withQueue();
    const schedule = {
      Name: "s",
      ScheduleExpression: "rate(1 day)",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: target,
    } as const;
    await scheduler.send(new CreateScheduleCommand(schedule));
    await expect(scheduler.send(new CreateScheduleCommand(schedule))).rejects.toThrow(ConflictException);
    const cron = new CreateScheduleCommand({
      ...schedule,
      Name: "c",
      ScheduleExpression: "cron(0 12 * * * *)",
    });
    await expect(scheduler.send(cron)).rejects.toThrow(ValidationException);
    await expect(scheduler.send(cron)).rejects.toThrow("day-of-week: one of");
    await expect(scheduler.send(new DeleteScheduleCommand({ Name: "none" }))).rejects.toThrow(
      ResourceNotFoundException,
    );
  });
});
