import { beforeEach, describe, expect, test } from "vitest";
import { AwsError } from "../../src/aws-error.ts";
import { account, queueArn } from "../events/platform.ts";
import { type Scheduling, scheduling } from "./scheduling.ts";

const minute = 60_000;

let platform: Scheduling["platform"];
let sqs: Scheduling["sqs"];
let call: Scheduling["call"];
let create: Scheduling["create"];
let sent: Scheduling["sent"];

beforeEach(() => {
  ({ platform, sqs, call, create, sent } = scheduling());
});

describe("a rate", () => {
  test("runs when it is created and each interval from then on", async () => {
    await create("rate(5 minutes)", { State: undefined });
    await platform.clock.advance(11 * minute);
    expect(sent()).toEqual(["2026-01-01T00:00:00Z", "2026-01-01T00:05:00Z", "2026-01-01T00:10:00Z"]);
  });

  test("runs from its start date to its end date", async () => {
    const StartDate = new Date("2026-01-01T01:00:00Z");
    const EndDate = new Date("2026-01-01T03:00:00Z");
    await create("rate(1 hour)", { StartDate, EndDate });
    await platform.clock.advance(24 * 60 * minute);
    expect(sent()).toEqual(["2026-01-01T01:00:00Z", "2026-01-01T02:00:00Z", "2026-01-01T03:00:00Z"]);
  });

  test("rests while it is disabled and keeps its beat", async () => {
    await create("rate(5 minutes)", { State: "DISABLED" });
    await platform.clock.advance(7 * minute);
    expect(sent()).toEqual([]);
    const settings = await call("GetSchedule", { Name: "s" });
    await call("UpdateSchedule", { ...settings, State: "ENABLED" });
    await platform.clock.advance(10 * minute);
    expect(sent()).toEqual(["2026-01-01T00:10:00Z", "2026-01-01T00:15:00Z"]);
  });

  test("ends when it is deleted, by itself or with its group", async () => {
    await call("CreateScheduleGroup", { Name: "g" });
    await create("rate(1 minute)", { Name: "a" });
    await create("rate(1 minute)", { Name: "b", GroupName: "g" });
    await platform.clock.advance(0);
    await call("DeleteSchedule", { Name: "a" });
    await call("DeleteScheduleGroup", { Name: "g" });
    await platform.clock.advance(60 * minute);
    expect(sent()).toHaveLength(2);
    await expect(call("GetSchedule", { Name: "b", GroupName: "g" })).rejects.toMatchObject({
      code: "ResourceNotFoundException",
    });
  });
});

describe("a cron expression", () => {
  test("runs in its time zone, through the change to summer time, between its dates", async () => {
    await create("cron(0 9 ? * MON-FRI *)", {
      ScheduleExpressionTimezone: "Europe/Berlin",
      StartDate: new Date("2026-03-27T00:00:00Z"),
      EndDate: new Date("2026-03-31T07:00:00Z"),
    });
    await platform.clock.advance(365 * 24 * 60 * minute);
    expect(sent()).toEqual(["2026-03-27T08:00:00Z", "2026-03-30T07:00:00Z", "2026-03-31T07:00:00Z"]);
  });

  test("that has no time left is deleted after its last run, if asked", async () => {
    await create("cron(0 0 1 1 ? 2027)", { ActionAfterCompletion: "DELETE" });
    await platform.clock.advance(366 * 24 * 60 * minute);
    expect(sent()).toEqual(["2027-01-01T00:00:00Z"]);
    await expect(call("GetSchedule", { Name: "s" })).rejects.toThrow("does not exist");
  });
});

describe("a flexible window", () => {
  test("runs once within it and tells the time it was due", async () => {
    const FlexibleTimeWindow = { Mode: "FLEXIBLE", MaximumWindowInMinutes: 30 };
    await create("rate(1 hour)", { FlexibleTimeWindow });
    await platform.clock.advance(0);
    expect(sent()).toEqual([]);
    for (let hour = 1; hour <= 20; hour += 1) {
      await platform.clock.advance(30 * minute);
      expect(sent()).toHaveLength(hour);
      await platform.clock.advance(30 * minute - 1);
      expect(sent()).toHaveLength(hour);
      await platform.clock.advance(1);
    }
    expect(sent().slice(0, 2)).toEqual(["2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z"]);
  });
});

describe("a one-time schedule", () => {
  test("runs once, in its time zone, and stays unless it is to be deleted", async () => {
    const zone = { ScheduleExpressionTimezone: "Europe/Berlin" };
    await create("at(2026-07-01T12:00:00)", { ...zone, Name: "stays" });
    await create("at(2026-07-01T13:00:00)", { ...zone, Name: "goes", ActionAfterCompletion: "DELETE" });
    await platform.clock.advance(365 * 24 * 60 * minute);
    expect(sent()).toEqual(["2026-07-01T10:00:00Z", "2026-07-01T11:00:00Z"]);
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
    expect(sent()).toEqual([]);
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
