import type { DeadLetters } from "./dead-letters.ts";
import { logical, named } from "./names.ts";

/** What is watched. */
export interface AlarmsArgs extends DeadLetters {
  readonly rolloutMachine: aws.sfn.StateMachine;
}

/** One alarm a queue: something is in it; and one for each way in which an execution ends so that recovery has to act. */
export function alarms({ undelivered, failed, rolloutMachine }: AlarmsArgs): void {
  waiting("undelivered", undelivered, "An event or a schedule did not reach its target.");
  waiting("failed", failed, "A handler kept failing on an event, or a recovery was abandoned.");
  died(rolloutMachine);
}

/** The ways in which an execution ends without any Catch, or does not go on, in the metrics of Step Functions. */
const DEATHS = {
  failed: "ExecutionsFailed",
  "timed-out": "ExecutionsTimedOut",
  aborted: "ExecutionsAborted",
  throttled: "ExecutionThrottled",
};

function died(machine: aws.sfn.StateMachine): void {
  for (const [how, metricName] of Object.entries(DEATHS)) {
    const name = `recovery-${how}`;
    new aws.cloudwatch.MetricAlarm(`${logical(name)}Alarm`, {
      name: named(name),
      alarmDescription: `Step Functions counts ${metricName} of rollouts: another execution has to take over, or one is held up.`,
      namespace: "AWS/States",
      metricName,
      dimensions: { StateMachineArn: machine.arn },
      statistic: "Sum",
      period: 60,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      treatMissingData: "notBreaching",
    });
  }
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
