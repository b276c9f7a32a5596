import type { MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import type { AwsEvent } from "../../platform.ts";
import { dimensionRecord } from "../dimensions.ts";
import type { Alarm, AlarmState } from "./alarm.ts";
import { alarmQueries } from "./alarm-queries.ts";
import { alarmTime } from "./reason.ts";

/**
 * What EventBridge is told when the alarm has left its `previous` state.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export function alarmEvent({ settings, arn, state }: Alarm, previous: AlarmState): AwsEvent {
  const { AlarmName, AlarmDescription } = settings;
  return {
    source: "aws.cloudwatch",
    detailType: "CloudWatch Alarm State Change",
    resources: [arn],
    detail: {
      alarmName: AlarmName,
      configuration: {
        ...(AlarmDescription === undefined ? {} : { description: AlarmDescription }),
        metrics: alarmQueries(settings).map(metric),
      },
      previousState: stateOf(previous),
      state: stateOf(state),
    },
  };
}

function stateOf({ value, reason, reasonData, at }: AlarmState) {
  return { value, reason, ...(reasonData === undefined ? {} : { reasonData }), timestamp: alarmTime(at) };
}

function metric({ Id, Label, Expression, MetricStat, ReturnData = true }: MetricDataQuery) {
  return {
    id: Id,
    ...(Label === undefined ? {} : { label: Label }),
    ...(Expression === undefined ? {} : { expression: Expression }),
    ...(MetricStat === undefined ? {} : { metricStat: statistic(MetricStat) }),
    returnData: ReturnData,
  };
}

function statistic({ Metric, Period, Stat, Unit }: NonNullable<MetricDataQuery["MetricStat"]>) {
  return {
    metric: {
      namespace: Metric?.Namespace,
      name: Metric?.MetricName,
      dimensions: dimensionRecord(Metric?.Dimensions),
    },
    period: Period,
    stat: Stat,
    ...(Unit === undefined ? {} : { unit: Unit }),
  };
}
