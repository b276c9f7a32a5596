import { beforeEach, describe, expect, test } from "vitest";
import type { ManualClock } from "../../src/clock/manual-clock.ts";
import { createMonitoring, type Monitoring } from "../../src/monitoring/monitoring.ts";
import { allow, root, type TestPlatform, testPlatform } from "../events/platform.ts";

const start = Date.UTC(2026, 0, 1);
const minute = 60_000;
const at = (minutes: number) => new Date(start + minutes * minute);

let platform: TestPlatform;
let clock: ManualClock;
let monitoring: Monitoring;

beforeEach(() => {
  platform = testPlatform();
  clock = platform.clock;
  monitoring = createMonitoring(platform);
  platform.add(monitoring);
});

const call = (operation: string, input: object) => platform.call(root, "monitoring", operation, input);

const requests = {
  namespace: "AWS/VpcLattice",
  metric: "TotalRequestCount",
  dimensions: { TargetGroup: "tg-1" },
};
const observe = (value: number, minutes: number, more: object = {}) =>
  monitoring.observe({ ...requests, at: start + minutes * minute, value, ...more });

const query = (Stat: string, more: object = {}, metric: object = {}) => ({
  Id: "q",
  MetricStat: {
    Metric: {
      Namespace: requests.namespace,
      MetricName: requests.metric,
      Dimensions: [{ Name: "TargetGroup", Value: "tg-1" }],
      ...metric,
    },
    Period: 60,
    Stat,
    ...more,
  },
});

const get = async (queries: object[], more: object = {}) =>
  call("GetMetricData", { MetricDataQueries: queries, StartTime: at(0), EndTime: at(60), ...more });
const values = async (stat: string, more: object = {}) =>
  (await get([query(stat, more)])).MetricDataResults[0].Values;

describe("a minute of a series", () => {
  test("can be read when its lag has passed after it ended, not before", async () => {
    observe(1, 0.2, { lag: 2 * minute });
    observe(1, 0.9, { lag: 2 * minute });
    await clock.advance(3 * minute - 1);
    expect(await values("Sum")).toEqual([]);
    expect((await call("ListMetrics", {})).Metrics).toEqual([]);
    await clock.advance(1);
    expect(await values("Sum")).toEqual([2]);
    expect((await call("ListMetrics", {})).Metrics).toEqual([
      {
        Namespace: "AWS/VpcLattice",
        MetricName: "TotalRequestCount",
        Dimensions: [{ Name: "TargetGroup", Value: "tg-1" }],
      },
    ]);
  });

  test("without an observation is absent, one with a zero is zero", async () => {
    observe(0, 1);
    observe(3, 3);
    expect((await get([query("Sum")])).MetricDataResults).toEqual([
      {
        Id: "q",
        Label: "TotalRequestCount",
        Timestamps: [at(3), at(1)],
        Values: [3, 0],
        StatusCode: "Complete",
      },
    ]);
  });

  test("is not mixed with that of other dimensions", async () => {
    observe(5, 0);
    observe(7, 0, { dimensions: { TargetGroup: "tg-1", AvailabilityZone: "a" } });
    expect(await values("Sum")).toEqual([5]);
    const both = [
      { Name: "AvailabilityZone", Value: "a" },
      { Name: "TargetGroup", Value: "tg-1" },
    ];
    const answer = await get([query("Sum", {}, { Dimensions: both })]);
    expect(answer.MetricDataResults[0].Values).toEqual([7]);
  });

  test("is forgotten after a few days", async () => {
    observe(1, 0);
    await clock.advance(4 * 24 * 60 * minute);
    observe(1, 4 * 24 * 60, { metric: "Other" });
    expect((await call("ListMetrics", {})).Metrics).toMatchObject([{ MetricName: "Other" }]);
  });
});

describe("a statistic", () => {
  beforeEach(() => {
    for (const value of [10, 20, 20, 300, 300.5]) observe(value, 0);
  });

  test.for([
    ["Sum", 650.5],
    ["Average", 130.1],
    ["Minimum", 10],
    ["Maximum", 300.5],
    ["SampleCount", 5],
    ["p50", 20],
    ["p80", 300],
    ["p99.9", 300.5],
    ["TC(20:300)", 1],
    ["TC(300:)", 1],
    ["TC(:20)", 3],
    ["TC(1000:)", 0],
    ["PR(:20)", 60],
    ["PR(10:300)", 60],
  ] as const)("%s is %d", async ([stat, expected]) => {
    expect(await values(stat)).toEqual([expect.closeTo(expected, 9)]);
  });

  test.for(["sum", "p101", "TC(:)", "TC(5:1)", "TM(10%:90%)", "tm90", ""])("%s is refused", async (stat) => {
    await expect(values(stat)).rejects.toMatchObject({ code: "InvalidParameterValueException" });
  });

  test("of a longer period is that of all its minutes", async () => {
    observe(5, 4);
    observe(7, 5);
    expect(await values("Sum", { Period: 300 })).toEqual([7, 655.5]);
    expect(await values("p50", { Period: 300 })).toEqual([7, 20]);
  });
});

describe("a flood of observations", () => {
  test("keeps a bounded number of values, exact sums, and counts right to three digits", async () => {
    const n = 100_000;
    for (let i = 1; i <= n; i += 1) observe(i / 7, 0);
    expect((await values("Sum"))[0]).toBeCloseTo((n * (n + 1)) / 14, 1);
    expect(await values("SampleCount")).toEqual([n]);
    expect(await values("Maximum")).toEqual([n / 7]);
    const [above] = await values(`TC(${n / 14}:)`);
    expect(Math.abs(above - n / 2)).toBeLessThan(n * 0.005);
  });
});

describe("GetMetricData", () => {
  test("takes the start in and leaves the end out, oldest first if asked", async () => {
    for (const n of [0, 1, 2, 3]) observe(n, n);
    const answer = await get([query("Sum")], {
      StartTime: at(1),
      EndTime: at(3),
      ScanBy: "TimestampAscending",
    });
    expect(answer.MetricDataResults[0].Values).toEqual([1, 2]);
  });

  test("answers in pages of data points, each once", async () => {
    for (const n of [0, 1, 2, 3, 4]) observe(n, n);
    const queries = [
      query("Sum"),
      { ...query("Maximum"), Id: "r" },
      { ...query("Sum", {}, { MetricName: "No" }), Id: "s" },
    ];
    const seen: Record<string, number[]> = {};
    let NextToken: string | undefined;
    let pages = 0;
    do {
      const answer = await get(queries, { MaxDatapoints: 3, NextToken });
      for (const { Id, Values } of answer.MetricDataResults) seen[Id] = [...(seen[Id] ?? []), ...Values];
      NextToken = answer.NextToken;
      pages += 1;
    } while (NextToken !== undefined && pages < 10);
    expect(seen).toEqual({ q: [4, 3, 2, 1, 0], r: [4, 3, 2, 1, 0], s: [] });
    expect(pages).toBe(4);
  });

  test("answers nothing for a series that is not there, or has another unit", async () => {
    observe(1, 0, { unit: "Count" });
    expect(await values("Sum", { Unit: "Count" })).toEqual([1]);
    expect(await values("Sum", { Unit: "Seconds" })).toEqual([]);
    expect(
      (await get([query("Sum", {}, { MetricName: "RequestCount" })])).MetricDataResults[0].Values,
    ).toEqual([]);
  });

  test.for([
    [{ MetricDataQueries: [{ Id: "e", Expression: "m1/m2" }] }, "expression of e is not offered"],
    [{ MetricDataQueries: [] }, "1 to 500 queries"],
    [{ MetricDataQueries: [query("Sum"), query("Sum")] }, "are not unique"],
    [{ MetricDataQueries: [{ ...query("Sum"), Id: "Q" }] }, "not matching the expected pattern"],
    [{ MetricDataQueries: [query("Sum", { Period: 90 })] }, "The period 90"],
    [{ MetricDataQueries: [{ Id: "q" }] }, "must have a MetricStat"],
    [{ MetricDataQueries: [query("Sum")], EndTime: at(0) }, "StartTime must be less than"],
  ] as const)("refuses %o", async ([input, message]) => {
    const whole = { StartTime: at(0), EndTime: at(1), ...input };
    await expect(call("GetMetricData", whole)).rejects.toThrow(message);
  });
});

describe("GetMetricStatistics", () => {
  const input = {
    Namespace: requests.namespace,
    MetricName: requests.metric,
    Dimensions: [{ Name: "TargetGroup", Value: "tg-1" }],
    StartTime: at(0),
    EndTime: at(60),
    Period: 60,
  };
  test("answers a data point a period", async () => {
    observe(2, 1);
    observe(4, 1);
    const asked = { ...input, Statistics: ["Sum", "Average"], ExtendedStatistics: ["p50"] };
    expect(await call("GetMetricStatistics", asked)).toEqual({
      Label: "TotalRequestCount",
      Datapoints: [{ Timestamp: at(1), Unit: "None", Sum: 6, Average: 3, ExtendedStatistics: { p50: 2 } }],
    });
  });
  test("refuses to answer more than 1,440", async () => {
    const attempt = call("GetMetricStatistics", { ...input, EndTime: at(1441), Statistics: ["Sum"] });
    await expect(attempt).rejects.toThrow("exceeds the limit of 1440");
  });
});

describe("PutMetricData", () => {
  const put = (MetricData: object[], Namespace = "Shop") => call("PutMetricData", { Namespace, MetricData });
  const read = async (Stat: string) =>
    (await get([query(Stat, {}, { Namespace: "Shop", MetricName: "m", Dimensions: [] })]))
      .MetricDataResults[0].Values;

  test("takes values, values with counts and statistic sets, readable at once", async () => {
    await put([
      { MetricName: "m", Value: 1 },
      { MetricName: "m", Values: [2, 3], Counts: [10, 1] },
      { MetricName: "m", StatisticValues: { SampleCount: 2, Sum: 9, Minimum: 4, Maximum: 5 } },
    ]);
    expect([await read("Sum"), await read("SampleCount"), await read("Maximum")]).toEqual([[33], [14], [5]]);
  });
  test.for([
    [{ MetricName: "m" }],
    [{ MetricName: "m", Value: Number.NaN }],
    [{ MetricName: "m", Values: [1, 2], Counts: [1] }],
    [{ MetricName: "m", Value: 1, Dimensions: [{ Name: "a" }] }],
  ] as const)("takes nothing of a call with %o", async ([bad]) => {
    await expect(put([{ MetricName: "m", Value: 1 }, bad])).rejects.toMatchObject({
      code: expect.stringMatching(/^InvalidParameter/),
    });
    expect(await read("Sum")).toEqual([]);
  });
  test("refuses AWS's namespaces", async () => {
    await expect(put([{ MetricName: "m", Value: 1 }], "AWS/VpcLattice")).rejects.toThrow("Namespace");
  });
  test("is allowed by namespace", async () => {
    const mine = { StringEquals: { "cloudwatch:namespace": "Shop" } };
    const role = platform.as(
      platform.putRole("app", "none", allow("cloudwatch:PutMetricData", "*", undefined, mine)),
    );
    const as = (Namespace: string) =>
      platform.call(role, "monitoring", "PutMetricData", { Namespace, MetricData: [] });
    await expect(as("Shop")).resolves.toBeUndefined();
    await expect(as("Bank")).rejects.toMatchObject({ code: "AccessDeniedException" });
  });
});

describe("ListMetrics", () => {
  test("filters by name, dimension and recent data, 500 a page", async () => {
    for (let n = 0; n < 501; n += 1) observe(1, 0, { dimensions: { TargetGroup: `tg-${n}` } });
    const first = await call("ListMetrics", { Namespace: "AWS/VpcLattice" });
    const second = await call("ListMetrics", { Namespace: "AWS/VpcLattice", NextToken: first.NextToken });
    expect([first.Metrics.length, second.Metrics.length, second.NextToken]).toEqual([500, 1, undefined]);
    const filtered = (input: object) => call("ListMetrics", input).then(({ Metrics }) => Metrics.length);
    expect(await filtered({ Dimensions: [{ Name: "TargetGroup", Value: "tg-7" }] })).toBe(1);
    expect(await filtered({ Dimensions: [{ Name: "Service" }] })).toBe(0);
    expect(await filtered({ MetricName: "Other" })).toBe(0);
    await clock.advance(4 * 60 * minute);
    expect(await filtered({ RecentlyActive: "PT3H" })).toBe(0);
    await expect(filtered({ NextToken: "?" })).rejects.toMatchObject({ code: "InvalidNextToken" });
  });
});

describe("an alarm", () => {
  test("is kept and listed, with too little data to say", async () => {
    await call("PutMetricAlarm", { AlarmName: "errors", MetricName: "m", Threshold: 1, Tags: [] });
    expect(await call("DescribeAlarms", { AlarmNamePrefix: "err" })).toMatchObject({
      MetricAlarms: [
        {
          AlarmName: "errors",
          AlarmArn: "arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors",
          Threshold: 1,
          StateValue: "INSUFFICIENT_DATA",
        },
      ],
    });
    await call("DeleteAlarms", { AlarmNames: ["errors"] });
    expect(await call("DescribeAlarms", {})).toMatchObject({ MetricAlarms: [] });
  });
});
