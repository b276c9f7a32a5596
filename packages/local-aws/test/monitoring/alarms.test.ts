import { beforeEach, describe, expect, test } from "vitest";
import { jumpingClock } from "../../src/clock/jumping-clock.ts";
import { createMonitoring } from "../../src/monitoring/monitoring.ts";
import { at, type CloudWatch, cloudWatch, minute, query, requests } from "./cloud-watch.ts";

let platform: CloudWatch["platform"];
let clock: CloudWatch["clock"];
let call: CloudWatch["call"];
let observe: CloudWatch["observe"];

beforeEach(() => {
  ({ platform, clock, call, observe } = cloudWatch());
});

/** An alarm `busy` on more than 10 requests in a minute. */
const busy = {
  AlarmName: "busy",
  AlarmDescription: "Too many requests",
  Namespace: requests.namespace,
  MetricName: requests.metric,
  Dimensions: [{ Name: "TargetGroup", Value: "tg-1" }],
  Statistic: "Sum",
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 10,
  ComparisonOperator: "GreaterThanThreshold",
};

async function state(AlarmName = "busy") {
  const { MetricAlarms } = await call("DescribeAlarms", { AlarmNames: [AlarmName] });
  return MetricAlarms[0];
}

const transitions = () =>
  platform.emitted.map(({ detail }) => {
    const { previousState, state } = detail as Record<string, { value: string }>;
    return `${previousState?.value} -> ${state?.value}`;
  });

describe("an alarm", () => {
  test("goes off and on again as its metric does, a second after the minute, and tells each change once", async () => {
    await call("PutMetricAlarm", busy);
    expect(await state()).toMatchObject({
      AlarmArn: "arn:aws:cloudwatch:us-east-1:123456789012:alarm:busy",
      StateValue: "INSUFFICIENT_DATA",
      StateReason: "Unchecked: Initial alarm creation",
      ActionsEnabled: true,
      TreatMissingData: "missing",
    });
    for (const [n, value] of [5, 5, 11, 12, 3].entries()) observe(value, n);
    await clock.advance(minute + 999);
    expect(transitions()).toEqual([]);
    await clock.advance(1);
    expect(transitions()).toEqual(["INSUFFICIENT_DATA -> OK"]);
    await clock.advance(5 * minute);
    expect(transitions()).toEqual(["INSUFFICIENT_DATA -> OK", "OK -> ALARM", "ALARM -> OK"]);
    expect(await state()).toMatchObject({
      StateValue: "OK",
      StateReason:
        "Threshold Crossed: 1 out of the last 1 datapoints [3.0 (01/01/26 00:04:00)] was not greater than the threshold (10.0) (minimum 1 datapoint for ALARM -> OK transition).",
      StateUpdatedTimestamp: new Date(at(5).getTime() + 1000),
    });
  });

  test("tells its change in CloudWatch's words", async () => {
    await call("PutMetricAlarm", busy);
    observe(5, 0);
    observe(11.5, 1);
    await clock.advance(2 * minute + 1000);
    const reasonData = {
      version: "1.0",
      queryDate: "2026-01-01T00:02:01.000+0000",
      startDate: "2026-01-01T00:01:00.000+0000",
      statistic: "Sum",
      period: 60,
      recentDatapoints: [11.5],
      threshold: 10,
    };
    expect(platform.emitted.at(-1)).toEqual({
      source: "aws.cloudwatch",
      detailType: "CloudWatch Alarm State Change",
      resources: ["arn:aws:cloudwatch:us-east-1:123456789012:alarm:busy"],
      detail: {
        alarmName: "busy",
        configuration: {
          description: "Too many requests",
          metrics: [
            {
              id: "m1",
              metricStat: {
                metric: {
                  namespace: requests.namespace,
                  name: requests.metric,
                  dimensions: { TargetGroup: "tg-1" },
                },
                period: 60,
                stat: "Sum",
              },
              returnData: true,
            },
          ],
        },
        previousState: {
          value: "OK",
          reason: expect.stringContaining(
            "[5.0 (01/01/26 00:00:00)] was not greater than the threshold (10.0)",
          ),
          reasonData: expect.any(String),
          timestamp: "2026-01-01T00:01:01.000+0000",
        },
        state: {
          value: "ALARM",
          reason:
            "Threshold Crossed: 1 out of the last 1 datapoints [11.5 (01/01/26 00:01:00)] was greater than the threshold (10.0) (minimum 1 datapoint for OK -> ALARM transition).",
          reasonData: JSON.stringify(reasonData),
          timestamp: "2026-01-01T00:02:01.000+0000",
        },
      },
    });
  });

  test("sees metrics that come with the lag of their service", async () => {
    await call("PutMetricAlarm", busy);
    observe(11, 0, { lag: 2 * minute });
    await clock.advance(3 * minute);
    expect((await state()).StateValue).toBe("INSUFFICIENT_DATA");
    await clock.advance(1000);
    expect((await state()).StateValue).toBe("ALARM");
  });

  test("counts so many of so many periods, and lacks data when they stop coming", async () => {
    await call("PutMetricAlarm", { ...busy, EvaluationPeriods: 3, DatapointsToAlarm: 2 });
    for (const [n, value] of [11, 5, 11].entries()) observe(value, n);
    await clock.advance(3 * minute + 1000);
    expect(await state()).toMatchObject({
      StateValue: "ALARM",
      StateReason: expect.stringMatching(
        /^Threshold Crossed: 3 out of the last 3 datapoints \[11\.0 \(.*\), 5\.0 \(.*\), 11\.0 \(.*\)\] were greater than the threshold \(10\.0\) \(minimum 2 datapoints for OK -> ALARM transition\)\.$/,
      ),
    });
    await clock.advance(10 * minute);
    expect(await state()).toMatchObject({
      StateValue: "INSUFFICIENT_DATA",
      StateReason: "Insufficient Data: 3 datapoints were unknown.",
    });
  });

  test.for([
    ["breaching", "ALARM", "Breaching"],
    ["notBreaching", "OK", "NonBreaching"],
  ] as const)(
    "without data that treats missing as %s is in %s",
    async ([TreatMissingData, value, treated]) => {
      await call("PutMetricAlarm", { ...busy, TreatMissingData });
      await clock.advance(minute + 1000);
      expect(await state()).toMatchObject({
        StateValue: value,
        StateReason: `Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [${treated}].`,
      });
    },
  );

  test("watches an expression", async () => {
    const metric = (Id: string, MetricName: string) => ({
      ...query("Sum", {}, { MetricName }),
      Id,
      ReturnData: false,
    });
    const Metrics = [
      { Id: "rate", Expression: "100 * errors / total", Label: "Error rate" },
      metric("errors", "HTTPCode_5XX_Count"),
      metric("total", requests.metric),
    ];
    const { AlarmName, Threshold, ComparisonOperator } = busy;
    await call("PutMetricAlarm", { AlarmName, Threshold, ComparisonOperator, Metrics, EvaluationPeriods: 1 });
    observe(100, 0);
    observe(11, 0, { metric: "HTTPCode_5XX_Count" });
    await clock.advance(minute + 1000);
    expect((await state()).StateValue).toBe("ALARM");
    expect(platform.emitted[0]?.detail).toMatchObject({
      configuration: {
        metrics: [
          { id: "rate", expression: "100 * errors / total", label: "Error rate", returnData: true },
          {},
          {},
        ],
      },
    });
  });

  test("keeps its state when it is put again, and is judged by what it now says", async () => {
    await call("PutMetricAlarm", busy);
    observe(11, 0);
    await clock.advance(minute + 1000);
    await call("PutMetricAlarm", { ...busy, Threshold: 20 });
    expect((await state()).StateValue).toBe("ALARM");
    observe(11, 1);
    await clock.advance(minute);
    expect((await state()).StateValue).toBe("OK");
  });

  test("is evaluated no more once it is deleted", async () => {
    await call("PutMetricAlarm", busy);
    await call("DeleteAlarms", { AlarmNames: ["busy"] });
    observe(11, 0);
    await clock.advance(5 * minute);
    expect(platform.emitted).toEqual([]);
    expect(await call("DescribeAlarms", {})).toMatchObject({ MetricAlarms: [] });
  });

  test("does not keep a jumping clock from resting", async () => {
    const jumping = jumpingClock();
    const monitoring = createMonitoring({ ...platform, clock: jumping });
    await monitoring.operations.PutMetricAlarm?.run(busy as never, {} as never);
    await jumping.rested();
    jumping.after(2 * minute, () => {});
    await jumping.rested();
    expect(jumping.now()).toBe(at(2).getTime());
  });
});

describe("PutMetricAlarm", () => {
  test.for([
    [{ MetricName: undefined }, "Exactly one of the parameters MetricName and Metrics"],
    [{ Statistic: undefined }, "Exactly one of the parameters Statistic and ExtendedStatistic"],
    [{ ExtendedStatistic: "p99" }, "Exactly one of the parameters Statistic and ExtendedStatistic"],
    [{ Statistic: undefined, ExtendedStatistic: "median" }, "The value median for parameter Stat"],
    [{ Namespace: undefined }, "The parameter Namespace must be specified"],
    [{ Threshold: undefined }, "The parameter Threshold must be specified"],
    [{ EvaluationPeriods: 0 }, "The parameter EvaluationPeriods is 0"],
    [{ DatapointsToAlarm: 2 }, "The parameter DatapointsToAlarm is 2; it must be at least 1 and at most"],
    [
      { ComparisonOperator: "GreaterThanUpperThreshold" },
      "GreaterThanUpperThreshold for parameter ComparisonOperator",
    ],
    [{ TreatMissingData: "whatever" }, "whatever for parameter TreatMissingData"],
    [{ Period: 90 }, "The period 90 must be a multiple of 60"],
    [{ EvaluationPeriods: 1441 }, "more than 86400 seconds"],
    [{ AlarmName: "x".repeat(256) }, "AlarmName must have 1 to 255 characters"],
    [{ MetricName: undefined, Metrics: [] }, "one query has ReturnData true, not 0"],
    [
      { MetricName: undefined, Metrics: [{ Id: "e", Expression: "nothing + 1", Period: 60 }] },
      "Error in expression 'e': there is no query nothing",
    ],
    [
      {
        MetricName: undefined,
        Metrics: [
          { ...query("Sum"), ReturnData: false },
          { Id: "e", Expression: "[q, q]" },
        ],
      },
      "an alarm watches one time series, not 2",
    ],
  ] as const)("refuses %o: %s", async ([change, message]) => {
    await expect(call("PutMetricAlarm", { ...busy, ...change })).rejects.toThrow(message);
    expect(await call("DescribeAlarms", {})).toMatchObject({ MetricAlarms: [] });
  });
});

describe("SetAlarmState", () => {
  test("lasts until the next evaluation, and is told", async () => {
    await call("PutMetricAlarm", { ...busy, TreatMissingData: "notBreaching" });
    await call("SetAlarmState", { AlarmName: "busy", StateValue: "ALARM", StateReason: "a drill" });
    expect(await state()).toMatchObject({ StateValue: "ALARM", StateReason: "a drill" });
    await clock.advance(minute + 1000);
    expect(transitions()).toEqual(["INSUFFICIENT_DATA -> ALARM", "ALARM -> OK"]);
  });

  test("to the state that it is in is not told", async () => {
    await call("PutMetricAlarm", busy);
    const same = { AlarmName: "busy", StateValue: "INSUFFICIENT_DATA", StateReason: "still" };
    await call("SetAlarmState", same);
    expect(platform.emitted).toEqual([]);
    expect((await state()).StateReason).toBe("still");
  });

  test("wants an alarm that exists and a state that there is", async () => {
    const drill = { AlarmName: "busy", StateValue: "ALARM", StateReason: "" };
    await expect(call("SetAlarmState", drill)).rejects.toMatchObject({
      code: "ResourceNotFound",
      status: 404,
    });
    await call("PutMetricAlarm", busy);
    await expect(call("SetAlarmState", { ...drill, StateValue: "RED" })).rejects.toThrow("RED");
  });
});

describe("alarms", () => {
  test("are listed by name, by prefix, by state and page by page", async () => {
    for (const AlarmName of ["b-2", "a", "b-1"]) await call("PutMetricAlarm", { ...busy, AlarmName });
    await call("SetAlarmState", { AlarmName: "b-2", StateValue: "ALARM", StateReason: "" });
    const names = async (input: object) => {
      const { MetricAlarms } = await call("DescribeAlarms", input);
      return MetricAlarms.map(({ AlarmName }: { AlarmName: string }) => AlarmName);
    };
    expect(await names({})).toEqual(["a", "b-1", "b-2"]);
    expect(await names({ AlarmNamePrefix: "b" })).toEqual(["b-1", "b-2"]);
    expect(await names({ StateValue: "ALARM" })).toEqual(["b-2"]);
    expect(await names({ AlarmTypes: ["CompositeAlarm"] })).toEqual([]);
    const { NextToken } = await call("DescribeAlarms", { MaxRecords: 2 });
    expect(await names({ MaxRecords: 2, NextToken })).toEqual(["b-2"]);
  });

  test("are deleted all or none", async () => {
    await call("PutMetricAlarm", busy);
    await expect(call("DeleteAlarms", { AlarmNames: ["busy", "none"] })).rejects.toMatchObject({
      code: "ResourceNotFound",
    });
    expect((await state()).AlarmName).toBe("busy");
  });

  test("have a history, newest first", async () => {
    await call("PutMetricAlarm", busy);
    await call("SetAlarmState", { AlarmName: "busy", StateValue: "OK", StateReason: "fine" });
    await call("DeleteAlarms", { AlarmNames: ["busy"] });
    const summaries = async (input: object) => {
      const { AlarmHistoryItems } = await call("DescribeAlarmHistory", input);
      return AlarmHistoryItems.map(({ HistorySummary }: { HistorySummary: string }) => HistorySummary);
    };
    expect(await summaries({ AlarmName: "busy" })).toEqual([
      'Alarm "busy" deleted',
      "Alarm updated from INSUFFICIENT_DATA to OK",
      'Alarm "busy" created',
    ]);
    expect(await summaries({ HistoryItemType: "StateUpdate" })).toHaveLength(1);
    expect(await summaries({ AlarmName: "other" })).toEqual([]);
    expect(await summaries({ ScanBy: "TimestampAscending", MaxRecords: 1 })).toEqual([
      'Alarm "busy" created',
    ]);
  });
});
