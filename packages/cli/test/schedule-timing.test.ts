import { describe, expect, test } from "vitest";
import { timing } from "../src/commands/schedule/timing.ts";
import { ExitCode } from "../src/fail.ts";

const now = Date.UTC(2026, 10, 23);
const zone = "Europe/Berlin";

describe("when a schedule runs", () => {
  test.for([
    [{ at: "2026-12-01T09:00", "time-zone": zone }, "at(2026-12-01T09:00:00)", zone],
    [{ at: "2026-12-01T09:00:30" }, "at(2026-12-01T09:00:30)", "UTC"],
    [{ cron: "0 9 ?  * MON-FRI *", "time-zone": zone }, "cron(0 9 ? * MON-FRI *)", zone],
    [{ rate: "7 days" }, "rate(7 days)", "UTC"],
    [{ rate: "1 hours" }, "rate(1 hour)", "UTC"],
    [{ rate: "90 minute" }, "rate(90 minutes)", "UTC"],
  ] as const)("%j is %s", ([options, ScheduleExpression, ScheduleExpressionTimezone]) =>
    expect(timing(options, now)).toEqual({ ScheduleExpression, ScheduleExpressionTimezone }),
  );

  test.for([
    [{}, "say when, in one way: --at 2026-12-01T09:00, --cron "],
    [{ at: "2026-12-01T09:00", rate: "1 day" }, "say when, in one way: "],
    [{ at: "tomorrow" }, "--at is tomorrow; it is a local time without an offset, as 2026-12-01T09:00"],
    [{ at: "2026-12-01T09:00Z" }, "--at is 2026-12-01T09:00Z; it is a local time without an offset"],
    [{ at: "2027-02-30T09:00" }, "--at is 2027-02-30T09:00; it is a local time"],
    [{ at: "2026-11-22T09:00" }, "--at is 2026-11-22T09:00; that is over everywhere"],
    [{ cron: "0 9 * * 1-5" }, '--cron is "0 9 * * 1-5"; EventBridge\'s has six fields, '],
    [{ rate: "weekly" }, '--rate is "weekly"; it is a number of minutes, hours or days, as 7 days'],
    [{ rate: "0 days" }, '--rate is "0 days"; '],
    [{ rate: "1 day", "time-zone": "Berlin" }, "--time-zone is Berlin; it is a name of the time zone"],
  ] as const)("is refused where %j is given", ([options, message]) => {
    expect(() => timing(options, now)).toThrow(
      expect.objectContaining({ exitCode: ExitCode.usage, message: expect.stringContaining(message) }),
    );
  });

  test("may be this morning where it is still yesterday", () =>
    expect(timing({ at: "2026-11-22T23:00", "time-zone": "America/Los_Angeles" }, now)).toBeDefined());
});
