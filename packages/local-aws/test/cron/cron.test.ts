import { describe, expect, test } from "vitest";
import { nextCronTime } from "../../src/cron/next-cron-time.ts";
import { parseCron } from "../../src/cron/parse-cron.ts";

/** The next times at or after `from`, as the zone's clocks show them in UTC. */
function times(fields: string, from: string, count: number, zone = "UTC"): string[] {
  const pattern = parseCron(fields);
  const found: string[] = [];
  let at = Date.parse(from);
  while (found.length < count) {
    const due = nextCronTime(pattern, zone, at);
    if (due === undefined) break;
    found.push(new Date(due).toISOString().replace(":00.000Z", ""));
    at = due + 1;
  }
  return found;
}

const list = (text: string) => text.split(", ");

// 2026-01-01 is a Thursday.
describe("a cron expression of AWS's documentation", () => {
  test.for([
    ["0 10 * * ? *", "2026-01-01T10:00, 2026-01-02T10:00"],
    ["15 12 * * ? *", "2026-01-01T12:15, 2026-01-02T12:15"],
    ["0 18 ? * MON-FRI *", "2026-01-01T18:00, 2026-01-02T18:00, 2026-01-05T18:00"],
    ["0 8 1 * ? *", "2026-01-01T08:00, 2026-02-01T08:00, 2026-03-01T08:00"],
    [
      "0/15 * * * ? *",
      "2026-01-01T00:00, 2026-01-01T00:15, 2026-01-01T00:30, 2026-01-01T00:45, 2026-01-01T01:00",
    ],
    ["0/10 * ? * MON-FRI *", "2026-01-01T00:00, 2026-01-01T00:10"],
    ["0/5 8-17 ? * MON-FRI *", "2026-01-01T08:00, 2026-01-01T08:05"],
    ["15 10 ? * 6L 2026-2027", "2026-01-30T10:15, 2026-02-27T10:15, 2026-03-27T10:15"],
    ["1/10 0 * * ? *", "2026-01-01T00:01, 2026-01-01T00:11, 2026-01-01T00:21"],
    ["0 9 ? * 3#2 *", "2026-01-13T09:00, 2026-02-10T09:00"],
    ["0 9 3W * ? *", "2026-01-02T09:00, 2026-02-03T09:00"],
    ["0 0 ? JAN,FEB,MAR SUN *", "2026-01-04T00:00, 2026-01-11T00:00"],
  ] as const)("%s is met at %s", ([fields, expected]) => {
    expect(times(fields, "2026-01-01T00:00:00Z", list(expected).length)).toEqual(list(expected));
  });

  test("of a night goes past midnight, on weekdays", () => {
    const found = times("0/30 20-2 ? * MON-FRI *", "2026-01-02T23:00:00Z", 8);
    expect(found).toEqual([
      "2026-01-02T23:00",
      "2026-01-02T23:30",
      "2026-01-05T00:00",
      "2026-01-05T00:30",
      "2026-01-05T01:00",
      "2026-01-05T01:30",
      "2026-01-05T02:00",
      "2026-01-05T02:30",
    ]);
  });
});

describe("a cron expression", () => {
  test.for([
    ["0 0 L * ? *", "2026-01-31T00:00, 2026-02-28T00:00"],
    ["0 0 LW * ? *", "2026-01-30T00:00, 2026-02-27T00:00"],
    ["0 0 ? * L *", "2026-01-03T00:00, 2026-01-10T00:00"],
    ["0 0 ? * friL *", "2026-01-30T00:00, 2026-02-27T00:00"],
    ["0 0 1W 8 ? *", "2026-08-03T00:00, 2027-08-02T00:00"],
    [
      "0 0 ? * FRI-MON *",
      "2026-01-02T00:00, 2026-01-03T00:00, 2026-01-04T00:00, 2026-01-05T00:00, 2026-01-09T00:00",
    ],
    ["0 0 29 2 ? *", "2028-02-29T00:00, 2032-02-29T00:00"],
    ["0 0 1 1 ? 2199", "2199-01-01T00:00"],
    ["*/20 5 * * ? *", "2026-01-01T05:00, 2026-01-01T05:20, 2026-01-01T05:40, 2026-01-02T05:00"],
    ["5-20/10,59 0 * * ? *", "2026-01-01T00:05, 2026-01-01T00:15, 2026-01-01T00:59"],
  ] as const)("%s is met at %s", ([fields, expected]) => {
    expect(times(fields, "2026-01-01T00:00:00Z", list(expected).length)).toEqual(list(expected));
  });

  test.for(["0 0 30 2 ? *", "0 0 1 1 ? 2020"])("%s is never met", (fields) => {
    expect(times(fields, "2026-01-01T00:00:00Z", 1)).toEqual([]);
  });

  test.for([
    ["0 0 * * * *", "day-of-week: one of day-of-month and day-of-week must be ?"],
    ["0 0 ? * ? *", "day-of-week: one of"],
    ["0 0 1 * MON *", "day-of-week: one of"],
    ["0 0 * * ?", "cron: 5 fields where there are six"],
    ["0 0 0 * * ? *", "cron: 7 fields"],
    ["60 0 * * ? *", 'minutes: "60" is not 0 to 59'],
    ["0 -1 * * ? *", 'hours: "" is not 0 to 23'],
    ["0 0 0 * ? *", 'day-of-month: "0" is not 1 to 31'],
    ["0 0 * 13 ? *", 'month: "13" is not 1 to 12 or JAN to DEC'],
    ["0 0 ? * 0 *", 'day-of-week: "0" is not 1 to 7 or SUN to SAT'],
    ["0 0 ? * 3#6 *", 'day-of-week: "3#6" is not the 1st to 5th of a month'],
    ["0 0 ? * 3#1,6#3 *", "day-of-week:"],
    ["0 0 * * ? 1969", 'year: "1969" is not 1970 to 2199'],
    ["0 0 32W * ? *", "day-of-month:"],
    ["0 0 1,5W * ? *", "day-of-month:"],
    ["0 0 L-3 * ? *", "day-of-month:"],
    ["0/0 0 * * ? *", 'minutes: "0" is no step'],
    ["0/5/5 0 * * ? *", "minutes:"],
    ["0-5-9 0 * * ? *", "minutes:"],
    ["? 0 * * ? *", "minutes:"],
    ["", "cron: 1 fields"],
  ] as const)("'%s' is refused by its field", ([fields, message]) => {
    expect(() => parseCron(fields)).toThrow(message);
  });
});

describe("in a time zone", () => {
  test("a time that spring skips is skipped", () => {
    const found = times("30 2 * * ? *", "2026-03-07T00:00:00Z", 2, "America/New_York");
    expect(found).toEqual(["2026-03-07T07:30", "2026-03-09T06:30"]);
  });

  test("a time that autumn repeats is met once", () => {
    const found = times("0/30 1-2 * * ? *", "2026-11-01T00:00:00Z", 5, "America/New_York");
    expect(found).toEqual(
      list("2026-11-01T05:00, 2026-11-01T05:30, 2026-11-01T07:00, 2026-11-01T07:30, 2026-11-02T06:00"),
    );
  });

  test("the second pass of a repeated hour is passed over, wherever one looks from", () => {
    expect(times("0/30 * * * ? *", "2026-11-01T06:10:00Z", 1, "America/New_York")).toEqual([
      "2026-11-01T07:00",
    ]);
  });

  test("half hours east of Greenwich count", () => {
    expect(times("0 9 * * ? *", "2026-01-01T00:00:00Z", 1, "Asia/Kolkata")).toEqual(["2026-01-01T03:30"]);
  });
});
