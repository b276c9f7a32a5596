import { expect, test } from "vitest";
import { runningLocalAws } from "../running-local-aws.ts";

const minute = 60_000;

test("an alarm on a dead-letter queue goes off while there is a letter, and off again when it is gone", async () => {
  const { aws, clock } = await runningLocalAws();
  const { QueueUrl } = await aws.call("sqs", "CreateQueue", { QueueName: "dead" });
  await aws.call("monitoring", "PutMetricAlarm", {
    AlarmName: "letters",
    Namespace: "AWS/SQS",
    MetricName: "ApproximateNumberOfMessagesVisible",
    Dimensions: [{ Name: "QueueName", Value: "dead" }],
    Statistic: "Maximum",
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 0,
    ComparisonOperator: "GreaterThanThreshold",
    TreatMissingData: "notBreaching",
  });
  const state = async () => {
    const { MetricAlarms } = await aws.call("monitoring", "DescribeAlarms", {});
    return MetricAlarms[0].StateValue;
  };
  await clock.advance(2 * minute);
  expect(await state()).toBe("OK");
  await aws.call("sqs", "SendMessage", { QueueUrl, MessageBody: "lost" });
  await clock.advance(3 * minute);
  expect(await state()).toBe("ALARM");
  await aws.call("sqs", "PurgeQueue", { QueueUrl });
  await clock.advance(3 * minute);
  expect(await state()).toBe("OK");
});

test("an empty queue that nobody uses has metrics for six hours more", async () => {
  const { aws, clock } = await runningLocalAws();
  await aws.call("sqs", "CreateQueue", { QueueName: "quiet" });
  const minutes = async () => {
    const { Datapoints } = await aws.call("monitoring", "GetMetricStatistics", {
      Namespace: "AWS/SQS",
      MetricName: "ApproximateNumberOfMessagesVisible",
      Dimensions: [{ Name: "QueueName", Value: "quiet" }],
      StartTime: new Date(clock.now() - 20 * 60 * minute),
      EndTime: new Date(clock.now() + minute),
      Period: 60,
      Statistics: ["Maximum"],
    });
    return Datapoints.length;
  };
  await clock.advance(10 * 60 * minute);
  expect(await minutes()).toBe(6 * 60);
  await aws.call("sqs", "SendMessage", { QueueUrl: "quiet", MessageBody: "x" });
  await clock.advance(10 * minute);
  expect(await minutes()).toBe(6 * 60 + 10);
});

test("a queue's metrics tell what can be received, what is delayed and what is in somebody's hands", async () => {
  const { aws, clock } = await runningLocalAws();
  const { QueueUrl } = await aws.call("sqs", "CreateQueue", { QueueName: "letters" });
  for (const DelaySeconds of [0, 0, 0, 900]) {
    await aws.call("sqs", "SendMessage", { QueueUrl, MessageBody: "x", DelaySeconds });
  }
  await aws.call("sqs", "ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 1, VisibilityTimeout: 600 });
  const start = clock.now();
  await clock.advance(2 * minute);
  const value = async (MetricName: string) => {
    const { Datapoints } = await aws.call("monitoring", "GetMetricStatistics", {
      Namespace: "AWS/SQS",
      MetricName: `ApproximateNumberOfMessages${MetricName}`,
      Dimensions: [{ Name: "QueueName", Value: "letters" }],
      StartTime: new Date(start + minute),
      EndTime: new Date(start + 2 * minute),
      Period: 60,
      Statistics: ["Maximum"],
    });
    return Datapoints[0]?.Maximum;
  };
  expect([await value("Visible"), await value("Delayed"), await value("NotVisible")]).toEqual([2, 1, 1]);
});
