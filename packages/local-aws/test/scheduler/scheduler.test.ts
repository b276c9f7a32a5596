import { beforeEach, describe, expect, test } from "vitest";
import { AwsError } from "../../src/aws-error.ts";
import { createEvents } from "../../src/events/events.ts";
import { createScheduler } from "../../src/scheduler/scheduler.ts";
import {
  account,
  allow,
  attributesOf,
  queueArn,
  queues,
  type Recorder,
  recorder,
  root,
  sentTo,
  type TestPlatform,
  testPlatform,
} from "../events/platform.ts";

const minute = 60_000;
const service = "scheduler.amazonaws.com";

let platform: TestPlatform;
let sqs: Recorder;
let role: string;

beforeEach(() => {
  platform = testPlatform();
  sqs = queues("nobody.amazonaws.com");
  role = platform.putRole("scheduler", service, allow("*"));
  platform.add(sqs);
  platform.add(createScheduler(platform));
});

const call = (operation: string, input: object) => platform.call(root, "scheduler", operation, input);
const create = (expression: string, more: object = {}, target: object = {}) =>
  call("CreateSchedule", {
    Name: "s",
    ScheduleExpression: expression,
    FlexibleTimeWindow: { Mode: "OFF" },
    Target: { Arn: queueArn("q"), RoleArn: role, Input: "<aws.scheduler.scheduled-time>", ...target },
    ...more,
  });
const times = () => sentTo(sqs, "q").map(({ MessageBody }) => MessageBody);

describe("a rate", () => {
  test("runs when it is created and each interval from then on", async () => {
    await create("rate(5 minutes)");
    await platform.clock.advance(11 * minute);
    expect(times()).toEqual(["2026-01-01T00:00:00Z", "2026-01-01T00:05:00Z", "2026-01-01T00:10:00Z"]);
  });

  test("runs from its start date to its end date", async () => {
    const StartDate = new Date("2026-01-01T01:00:00Z");
    const EndDate = new Date("2026-01-01T03:00:00Z");
    await create("rate(1 hour)", { StartDate, EndDate });
    await platform.clock.advance(24 * 60 * minute);
    expect(times()).toEqual(["2026-01-01T01:00:00Z", "2026-01-01T02:00:00Z", "2026-01-01T03:00:00Z"]);
  });

  test("rests while it is disabled and keeps its beat", async () => {
    await create("rate(5 minutes)", { State: "DISABLED" });
    await platform.clock.advance(7 * minute);
    expect(times()).toEqual([]);
    const settings = await call("GetSchedule", { Name: "s" });
    await call("UpdateSchedule", { ...settings, State: "ENABLED" });
    await platform.clock.advance(10 * minute);
    expect(times()).toEqual(["2026-01-01T00:10:00Z", "2026-01-01T00:15:00Z"]);
  });

  test("ends when it is deleted, by itself or with its group", async () => {
    await call("CreateScheduleGroup", { Name: "g" });
    await create("rate(1 minute)", { Name: "a" });
    await create("rate(1 minute)", { Name: "b", GroupName: "g" });
    await platform.clock.advance(0);
    await call("DeleteSchedule", { Name: "a" });
    await call("DeleteScheduleGroup", { Name: "g" });
    await platform.clock.advance(60 * minute);
    expect(times()).toHaveLength(2);
    await expect(call("GetSchedule", { Name: "b", GroupName: "g" })).rejects.toMatchObject({
      code: "ResourceNotFoundException",
    });
  });
});

describe("a one-time schedule", () => {
  test("runs once, in its time zone, and stays unless it is to be deleted", async () => {
    const zone = { ScheduleExpressionTimezone: "Europe/Berlin" };
    await create("at(2026-07-01T12:00:00)", { ...zone, Name: "stays" });
    await create("at(2026-07-01T13:00:00)", { ...zone, Name: "goes", ActionAfterCompletion: "DELETE" });
    await platform.clock.advance(365 * 24 * 60 * minute);
    expect(times()).toEqual(["2026-07-01T10:00:00Z", "2026-07-01T11:00:00Z"]);
    const { Schedules } = await call("ListSchedules", {});
    expect(Schedules.map(({ Name }: { Name: string }) => Name)).toEqual(["stays"]);
  });

  test("is deleted only after its retries", async () => {
    await create("at(2026-01-01T00:01:00)", { ActionAfterCompletion: "DELETE" });
    sqs.failure = new AwsError("InternalFailure", "later", 500);
    await platform.clock.advance(minute);
    await expect(call("GetSchedule", { Name: "s" })).resolves.toMatchObject({ Name: "s" });
    sqs.failure = undefined;
    await platform.clock.advance(minute);
    await expect(call("GetSchedule", { Name: "s" })).rejects.toThrow("Schedule s does not exist.");
  });

  test("in the past never runs", async () => {
    await create("at(2025-01-01T00:00:00)");
    await platform.clock.advance(365 * 24 * 60 * minute);
    expect(times()).toEqual([]);
  });
});

describe("a target", () => {
  const once = (target: object) => create("at(2026-01-01T00:01:00)", {}, target);
  const run = () => platform.clock.advance(minute);

  test("is called as the schedule's role, which has to be allowed to", async () => {
    const stranger = platform.putRole("stranger", service, allow("sqs:SendMessage", queueArn("dead")));
    await once({ RoleArn: stranger, DeadLetterConfig: { Arn: queueArn("dead") } });
    await run();
    expect(times()).toEqual([]);
    expect(sentTo(sqs, "dead").map(attributesOf)).toMatchObject([
      {
        ERROR_CODE: "AccessDeniedException",
        RETRY_ATTEMPTS: "0",
        SCHEDULED_TIME: "2026-01-01T00:01:00Z",
        SCHEDULE_ARN: `arn:aws:scheduler:us-east-1:${account}:schedule/default/s`,
        TARGET_ARN: queueArn("q"),
      },
    ]);
  });

  test("that is a bus gets an event with the input as its detail", async () => {
    platform.add(createEvents(platform));
    const bus = `arn:aws:events:us-east-1:${account}:event-bus/default`;
    const to = (operation: string, input: object) => platform.call(root, "events", operation, input);
    await to("PutRule", { Name: "r", EventPattern: '{"source":["calendar"]}' });
    const forward = platform.putRole("forward", "events.amazonaws.com", allow("sqs:SendMessage"));
    await to("PutTargets", { Rule: "r", Targets: [{ Id: "1", Arn: queueArn("q"), RoleArn: forward }] });
    await once({
      Arn: bus,
      EventBridgeParameters: { Source: "calendar", DetailType: "Rollout Requested" },
      Input: '{"id":"<aws.scheduler.schedule-arn>"}',
    });
    await run();
    const arn = `arn:aws:scheduler:us-east-1:${account}:schedule/default/s`;
    expect(times().map((body) => JSON.parse(String(body)))).toMatchObject([
      { source: "calendar", "detail-type": "Rollout Requested", resources: [arn], detail: { id: arn } },
    ]);
  });

  test("that is a bus and refuses the entry is tried again and ends as a dead letter", async () => {
    platform.add(createEvents(platform));
    await once({
      Arn: `arn:aws:events:us-east-1:${account}:event-bus/default`,
      EventBridgeParameters: { Source: "calendar", DetailType: "Rollout Requested" },
      Input: "not JSON",
      RetryPolicy: { MaximumRetryAttempts: 1 },
      DeadLetterConfig: { Arn: queueArn("dead") },
    });
    await platform.clock.advance(10 * minute);
    const [dead] = sentTo(sqs, "dead");
    expect(dead?.MessageBody).toBe("not JSON");
    expect(attributesOf(dead)).toMatchObject({
      ERROR_CODE: "MalformedDetail",
      RETRY_ATTEMPTS: "1",
      EXHAUSTED_RETRY_CONDITION: "MaximumRetryAttempts",
    });
  });

  test("is told a new execution id and number at each attempt", async () => {
    const seen: string[] = [];
    const invoke = {
      permissions: () => [],
      run({ Payload }: { Payload: Uint8Array }) {
        seen.push(Buffer.from(Payload).toString());
        if (seen.length < 3) throw new AwsError("ServiceException", "later", 500);
      },
    };
    platform.add({ name: "lambda", operations: { Invoke: invoke } });
    await once({
      Arn: `arn:aws:lambda:us-east-1:${account}:function:f`,
      Input: "<aws.scheduler.attempt-number> <aws.scheduler.execution-id>",
    });
    await platform.clock.advance(10 * minute);
    expect(seen.map((text) => text.split(" ")[0])).toEqual(["1", "2", "3"]);
    expect(new Set(seen.map((text) => text.split(" ")[1])).size).toBe(3);
  });

  test("may be any operation of a service", async () => {
    const start = { StartExecution: { action: "states:StartExecution", resource: () => "arn:machine" } };
    const states = recorder("states", start);
    platform.add(states);
    await once({
      Arn: "arn:aws:scheduler:::aws-sdk:sfn:startExecution",
      Input: '{"StateMachineArn":"arn:machine","Name":"run","Input":"{}"}',
    });
    await run();
    expect(states.calls.map(({ operation, input }) => [operation, input])).toEqual([
      ["StartExecution", { stateMachineArn: "arn:machine", name: "run", input: "{}" }],
    ]);
  });

  test.for([
    ["arn:aws:scheduler:::aws-sdk:sfn:makeCoffee", "{}", "ActionNotFoundException"],
    ["arn:aws:scheduler:::aws-sdk:sfn:startExecution", '{"Machine":"x"}', "InvalidJson"],
    ["arn:aws:scheduler:::aws-sdk:sfn:startExecution", "{", "InvalidJson"],
  ] as const)("named %s with %s ends as a dead letter", async ([Arn, Input, code]) => {
    await once({ Arn, Input, DeadLetterConfig: { Arn: queueArn("dead") } });
    await run();
    expect(sentTo(sqs, "dead").map(attributesOf)).toMatchObject([{ ERROR_CODE: code, RETRY_ATTEMPTS: "0" }]);
  });
});

describe("CreateSchedule", () => {
  test.for([
    [{ ScheduleExpression: "rate(0 minutes)" }, "Invalid Schedule Expression rate(0 minutes)."],
    [{ ScheduleExpression: "rate(5 weeks)" }, "Invalid Schedule Expression"],
    [{ ScheduleExpression: "at(2026-02-30T00:00:00)" }, "Invalid Schedule Expression"],
    [{ ScheduleExpression: "at(tomorrow)" }, "Invalid Schedule Expression"],
    [{ ScheduleExpression: "cron(0 12 * * ? *)" }, "cron schedules are not offered"],
    [{ ScheduleExpressionTimezone: "Mars/Olympus" }, "ScheduleExpressionTimezone Mars/Olympus is not valid"],
    [{ FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 5 } }, "Mode OFF only"],
    [{ StartDate: new Date("2025-12-31T23:00:00Z") }, "cannot be earlier than 5 minutes ago"],
    [{ EndDate: new Date("2025-12-31T23:00:00Z") }, "cannot be in the past"],
    [{ Name: "a b" }, "Member must satisfy regular expression pattern"],
    [{ GroupName: "none" }, "Schedule group none does not exist."],
  ] as const)("refuses %o: %s", async ([more, message]) => {
    await expect(create("rate(1 hour)", more)).rejects.toThrow(message);
  });

  test.for([
    [{ Arn: "arn:aws:kinesis:us-east-1:1:stream/s" }, "not offered by this local AWS"],
    [{ Arn: "arn:aws:scheduler:::aws-sdk:sfn:describeExecution" }, "only reads"],
    [{ Arn: `arn:aws:events:us-east-1:${account}:event-bus/default` }, "EventBridgeParameters"],
    [
      { RoleArn: `arn:aws:iam::${account}:role/none` },
      "must allow AWS EventBridge Scheduler to assume the role",
    ],
    [{ RetryPolicy: { MaximumEventAgeInSeconds: 5 } }, "greater than or equal to 60"],
  ] as const)("refuses the target %o: %s", async ([target, message]) => {
    await expect(create("rate(1 hour)", {}, target)).rejects.toThrow(message);
  });

  test("refuses a name that is taken, but answers the same request again", async () => {
    const first = await create("rate(1 hour)", { ClientToken: "t" });
    expect(await create("rate(1 hour)", { ClientToken: "t" })).toEqual(first);
    await expect(create("rate(1 hour)")).rejects.toMatchObject({ code: "ConflictException", status: 409 });
  });

  test("needs the permission to pass the role", async () => {
    const deployer = platform.as(platform.putRole("deployer", "none", allow("scheduler:*")));
    const input = {
      Name: "s",
      ScheduleExpression: "rate(1 hour)",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: { Arn: queueArn("q"), RoleArn: role },
    };
    await expect(platform.call(deployer, "scheduler", "CreateSchedule", input)).rejects.toThrow(
      "iam:PassRole",
    );
  });
});

describe("schedules and groups", () => {
  test("are listed page by page and described as they were put", async () => {
    await call("CreateScheduleGroup", { Name: "g" });
    await create("rate(1 hour)", { Name: "one", GroupName: "g", Description: "why" });
    await create("rate(1 hour)", { Name: "two", GroupName: "g", State: "DISABLED" });
    const first = await call("ListSchedules", { GroupName: "g", MaxResults: 1 });
    const second = await call("ListSchedules", { GroupName: "g", MaxResults: 1, NextToken: first.NextToken });
    expect([...first.Schedules, ...second.Schedules]).toMatchObject([
      { Name: "one", State: "ENABLED", Target: { Arn: queueArn("q") } },
      { Name: "two", State: "DISABLED" },
    ]);
    expect(second.NextToken).toBeUndefined();
    expect(await call("GetSchedule", { Name: "one", GroupName: "g" })).toMatchObject({
      Arn: `arn:aws:scheduler:us-east-1:${account}:schedule/g/one`,
      Description: "why",
      ScheduleExpressionTimezone: "UTC",
      ActionAfterCompletion: "NONE",
    });
    expect((await call("ListScheduleGroups", {})).ScheduleGroups).toMatchObject([
      { Name: "default" },
      { Name: "g" },
    ]);
    await expect(call("DeleteScheduleGroup", { Name: "default" })).rejects.toThrow("cannot be deleted");
  });
});
