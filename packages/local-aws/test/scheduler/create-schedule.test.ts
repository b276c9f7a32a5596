import { beforeEach, describe, expect, test } from "vitest";
import { account, allow, queueArn } from "../events/platform.ts";
import { type Scheduling, scheduling } from "./scheduling.ts";

let platform: Scheduling["platform"];
let role: Scheduling["role"];
let create: Scheduling["create"];

beforeEach(() => {
  ({ platform, role, create } = scheduling());
});

describe("CreateSchedule", () => {
  test.for([
    [{ ScheduleExpression: "rate(0 minutes)" }, "Invalid Schedule Expression rate(0 minutes)."],
    [{ ScheduleExpression: "rate(5 weeks)" }, "Invalid Schedule Expression"],
    [{ ScheduleExpression: "at(2026-02-30T00:00:00)" }, "Invalid Schedule Expression"],
    [{ ScheduleExpression: "at(tomorrow)" }, "Invalid Schedule Expression"],
    [
      { ScheduleExpression: "cron(0 12 * * * *)" },
      "day-of-week: one of day-of-month and day-of-week must be ?, and only one",
    ],
    [{ ScheduleExpression: "cron(0 24 * * ? *)" }, 'hours: "24" is not 0 to 23'],
    [{ ScheduleExpressionTimezone: "Mars/Olympus" }, "ScheduleExpressionTimezone Mars/Olympus is not valid"],
    [{ FlexibleTimeWindow: { Mode: "FLEXIBLE" } }, "MaximumWindowInMinutes must be given"],
    [{ FlexibleTimeWindow: { Mode: "OFF", MaximumWindowInMinutes: 5 } }, "must not be given with Mode OFF"],
    [
      { FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 1441 } },
      "less than or equal to 1440",
    ],
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
