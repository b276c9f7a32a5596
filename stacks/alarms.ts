import type { DeadLetters } from "./dead-letters.ts";
import { logical, named } from "./names.ts";

/** One alarm a queue: something is in it. */
export function alarms({ undelivered, failed }: DeadLetters): void {
  waiting("undelivered", undelivered, "An event or a schedule did not reach its target.");
  waiting("failed", failed, "A handler kept failing on an event.");
}

function waiting(name: string, queue: aws.sqs.Queue, alarmDescription: string): void {
  new aws.cloudwatch.MetricAlarm(`${logical(name)}Alarm`, {
    name: named(name),
    alarmDescription,
    namespace: "AWS/SQS",
    metricName: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: queue.name },
    statistic: "Maximum",
    period: 60,
    evaluationPeriods: 1,
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    treatMissingData: "notBreaching",
  });
}
