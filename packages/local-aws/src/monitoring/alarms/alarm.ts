import type { MetricAlarm, PutMetricAlarmInput } from "@aws-sdk/client-cloudwatch";

/** What PutMetricAlarm asked for, with AWS's defaults. */
export type AlarmSettings = Omit<PutMetricAlarmInput, "Tags"> & {
  readonly AlarmName: string;
  readonly ActionsEnabled: boolean;
  readonly ComparisonOperator: Comparison;
  readonly DatapointsToAlarm: number;
  readonly EvaluationPeriods: number;
  readonly Threshold: number;
  readonly TreatMissingData: "breaching" | "notBreaching" | "ignore" | "missing";
};

export type Comparison =
  | "GreaterThanOrEqualToThreshold"
  | "GreaterThanThreshold"
  | "LessThanOrEqualToThreshold"
  | "LessThanThreshold";

export type StateValue = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** The state of an alarm, why, and since when: AWS time in milliseconds. */
export interface AlarmState {
  readonly value: StateValue;
  readonly reason: string;
  /** JSON. */
  readonly reasonData?: string;
  readonly at: number;
}

export interface Alarm {
  readonly settings: AlarmSettings;
  readonly arn: string;
  /** AWS time in milliseconds. */
  readonly configuredAt: number;
  readonly state: AlarmState;
}

/** An alarm as DescribeAlarms shows it. */
export function alarmView({ settings, arn, configuredAt, state }: Alarm): MetricAlarm {
  return {
    ...settings,
    AlarmArn: arn,
    AlarmConfigurationUpdatedTimestamp: new Date(configuredAt),
    StateValue: state.value,
    StateReason: state.reason,
    ...(state.reasonData === undefined ? {} : { StateReasonData: state.reasonData }),
    StateUpdatedTimestamp: new Date(state.at),
    StateTransitionedTimestamp: new Date(state.at),
  };
}
