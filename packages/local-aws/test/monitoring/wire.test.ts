import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  InvalidParameterValueException,
  ListMetricsCommand,
  type MetricDataQuery,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  ResourceNotFound,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { describe, expect, test } from "vitest";
import { roleSettings, runningLocalAws } from "../running-local-aws.ts";

const minute = 60_000;

const query = (Id: string, Stat: string): MetricDataQuery => ({
  Id,
  MetricStat: { Metric: { Namespace: "Shop", MetricName: "Orders" }, Period: 60, Stat },
});

describe("an SDK client of CloudWatch", () => {
  test("reads back what it put", async () => {
    const { clock, settings } = await runningLocalAws();
    const client = new CloudWatchClient(settings);
    const start = clock.now();
    // So many that the client compresses the request.
    const values = Array.from({ length: 3000 }, (_, n) => n % 100);
    for (let at = 0; at < values.length; at += 150) {
      const datum = { MetricName: "Orders", Timestamp: new Date(start), Values: values.slice(at, at + 150) };
      await client.send(
        new PutMetricDataCommand({ Namespace: "Shop", MetricData: [{ ...datum, Unit: "Count" }] }),
      );
    }
    const EndTime = new Date(start + minute);
    const answer = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(start),
        EndTime,
        MetricDataQueries: [query("sum", "Sum"), query("slow", "TC(89:)"), query("p50", "p50")],
      }),
    );
    expect(answer.MetricDataResults).toMatchObject([
      { Id: "sum", Timestamps: [new Date(start)], Values: [148_500], StatusCode: "Complete" },
      { Id: "slow", Values: [300] },
      { Id: "p50", Values: [49] },
    ]);
    const { Metrics } = await client.send(new ListMetricsCommand({ Namespace: "Shop" }));
    expect(Metrics).toEqual([{ Namespace: "Shop", MetricName: "Orders", Dimensions: [] }]);
    const range = { StartTime: new Date(start), EndTime, Period: 60 };
    const statistics = await client.send(
      new GetMetricStatisticsCommand({
        ...range,
        Namespace: "Shop",
        MetricName: "Orders",
        Statistics: ["Average"],
      }),
    );
    expect(statistics.Datapoints).toEqual([{ Timestamp: new Date(start), Average: 49.5, Unit: "Count" }]);
  });

  test("has its requests compressed beyond 10 KiB", async () => {
    const { clock, settings } = await runningLocalAws();
    const client = new CloudWatchClient(settings);
    const MetricData = Array.from({ length: 500 }, (_, n) => ({ MetricName: `Metric${n}`, Value: n }));
    await client.send(new PutMetricDataCommand({ Namespace: "Shop", MetricData }));
    const { Metrics } = await client.send(new ListMetricsCommand({ Namespace: "Shop" }));
    expect(Metrics).toHaveLength(500);
    expect(clock.now()).toBeGreaterThan(0);
  });

  test("gets AWS's errors as their classes", async () => {
    const { aws, settings } = await runningLocalAws();
    const client = new CloudWatchClient(settings);
    const command = new GetMetricDataCommand({
      StartTime: new Date(0),
      EndTime: new Date(minute),
      MetricDataQueries: [query("a", "median")],
    });
    await expect(client.send(command)).rejects.toThrow(InvalidParameterValueException);
    const visitor = new CloudWatchClient(roleSettings(aws, ["cloudwatch:ListMetrics"]));
    await expect(visitor.send(command)).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  test("has its alarms evaluated, and a rule of the default bus hears of them", async () => {
    const { aws, clock, settings } = await runningLocalAws();
    const client = new CloudWatchClient(settings);
    const start = clock.now();
    const alarm = { AlarmName: "a", MetricName: "m", Namespace: "n", Period: 60, EvaluationPeriods: 1 };
    const when = { Threshold: 1, ComparisonOperator: "GreaterThanThreshold", Statistic: "Sum" } as const;
    await client.send(new PutMetricAlarmCommand({ ...alarm, ...when }));
    const everybody = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" };
    const { QueueUrl } = await aws.call("sqs", "CreateQueue", {
      QueueName: "alarms",
      Attributes: { Policy: JSON.stringify({ Statement: everybody }) },
    });
    const pattern = { source: ["aws.cloudwatch"], detail: { state: { value: ["ALARM"] } } };
    await aws.call("events", "PutRule", { Name: "alarms", EventPattern: JSON.stringify(pattern) });
    const Arn = `arn:aws:sqs:${aws.region}:${aws.account}:alarms`;
    await aws.call("events", "PutTargets", { Rule: "alarms", Targets: [{ Id: "1", Arn }] });
    await client.send(
      new PutMetricDataCommand({ Namespace: "n", MetricData: [{ MetricName: "m", Value: 2 }] }),
    );
    await clock.advance(2 * minute);
    const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({ AlarmNames: ["a"] }));
    expect(MetricAlarms).toMatchObject([
      { ...alarm, ...when, StateValue: "ALARM", StateUpdatedTimestamp: new Date(start + minute + 1000) },
    ]);
    await client.send(new SetAlarmStateCommand({ AlarmName: "a", StateValue: "OK", StateReason: "a drill" }));
    const { AlarmHistoryItems } = await client.send(new DescribeAlarmHistoryCommand({ AlarmName: "a" }));
    expect(AlarmHistoryItems?.map(({ HistoryItemType }) => HistoryItemType)).toEqual([
      "StateUpdate",
      "StateUpdate",
      "ConfigurationUpdate",
    ]);
    await clock.advance(0);
    const { Messages } = await aws.call("sqs", "ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
    expect(Messages.map(({ Body }: { Body: string }) => JSON.parse(Body))).toMatchObject([
      {
        "detail-type": "CloudWatch Alarm State Change",
        detail: { alarmName: "a", state: { value: "ALARM" } },
      },
    ]);
    await expect(
      client.send(new SetAlarmStateCommand({ AlarmName: "b", StateValue: "OK", StateReason: "" })),
    ).rejects.toThrow(ResourceNotFound);
  });
});
