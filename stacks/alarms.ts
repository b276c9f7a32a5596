import type { DeadLetters } from "./dead-letters.ts";
import { logical, named } from "./names.ts";

/** What is watched. */
export interface AlarmsArgs extends DeadLetters {
  readonly rolloutMachine: aws.sfn.StateMachine;
}

/** One alarm a queue: something is in it; and one for recovery: an execution has ended so that it had to act. */
export function alarms({ undelivered, failed, rolloutMachine }: AlarmsArgs): void {
  waiting("undelivered", undelivered, "An event or a schedule did not reach its target.");
  waiting("failed", failed, "A handler kept failing on an event, or a recovery was abandoned.");
  died(rolloutMachine);
}

function died(machine: aws.sfn.StateMachine): void {
  new aws.cloudwatch.MetricAlarm("RecoveryAlarm", {
    name: named("recovery"),
    alarmDescription: "An execution of a rollout failed, and another one had to take over.",
    namespace: "AWS/States",
    metricName: "ExecutionsFailed",
    dimensions: { StateMachineArn: machine.arn },
    statistic: "Sum",
    period: 60,
    evaluationPeriods: 1,
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    treatMissingData: "notBreaching",
  });
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
