import type { PutMetricAlarmInput } from "@aws-sdk/client-cloudwatch";
import { refuseCombination, refuseValue } from "../refuse.ts";
import type { AlarmSettings } from "./alarm.ts";

const comparisons = [
  "GreaterThanOrEqualToThreshold",
  "GreaterThanThreshold",
  "LessThanOrEqualToThreshold",
  "LessThanThreshold",
] as const;
const treatments = ["breaching", "notBreaching", "ignore", "missing"] as const;

/** AWS's limit on what an alarm looks back on with periods of less than an hour, in seconds, and with longer ones. */
const day = 86_400;
const week = 7 * day;

/** What an alarm is to do. Throws AwsError for what CloudWatch refuses. */
export function checkAlarm({ Tags: _, ...input }: PutMetricAlarmInput): AlarmSettings {
  const { AlarmName = "", EvaluationPeriods = 0, DatapointsToAlarm = EvaluationPeriods, Threshold } = input;
  if (AlarmName === "" || AlarmName.length > 255) refuseValue("AlarmName must have 1 to 255 characters.");
  if (input.ThresholdMetricId !== undefined) {
    refuseCombination("ThresholdMetricId: this local AWS offers no anomaly detection; Threshold is.");
  }
  if (Threshold === undefined) return refuseCombination("The parameter Threshold must be specified.");
  checkCount("EvaluationPeriods", EvaluationPeriods, Number.POSITIVE_INFINITY);
  checkCount("DatapointsToAlarm", DatapointsToAlarm, EvaluationPeriods);
  checkMetric(input);
  const period = periodOf(input);
  const longest = period < 3600 ? day : week;
  if (period * EvaluationPeriods > longest) {
    refuseCombination(
      `Metrics cannot be checked across more than ${longest} seconds (EvaluationPeriods * Period).`,
    );
  }
  return {
    ...input,
    AlarmName,
    EvaluationPeriods,
    DatapointsToAlarm,
    Threshold,
    ActionsEnabled: input.ActionsEnabled ?? true,
    ComparisonOperator: oneOf("ComparisonOperator", comparisons, input.ComparisonOperator),
    TreatMissingData: oneOf("TreatMissingData", treatments, input.TreatMissingData ?? "missing"),
  };
}

/** The seconds that one data point of an alarm covers. */
export function periodOf({ Period, Metrics = [] }: Pick<PutMetricAlarmInput, "Period" | "Metrics">): number {
  return Period ?? Metrics.flatMap(({ MetricStat }) => MetricStat?.Period ?? [])[0] ?? 60;
}

function checkMetric({ MetricName, Metrics, ...input }: PutMetricAlarmInput): void {
  const { Statistic, ExtendedStatistic, Period } = input;
  if ((MetricName === undefined) === (Metrics === undefined)) {
    refuseCombination("Exactly one of the parameters MetricName and Metrics must be specified.");
  }
  if (Metrics !== undefined) {
    const returned = Metrics.filter(({ ReturnData = true }) => ReturnData);
    if (returned.length !== 1) {
      refuseCombination(`Metrics: one query has ReturnData true, not ${returned.length}.`);
    }
  } else {
    if ((Statistic === undefined) === (ExtendedStatistic === undefined)) {
      refuseCombination("Exactly one of the parameters Statistic and ExtendedStatistic must be specified.");
    }
    if (!input.Namespace) refuseCombination("The parameter Namespace must be specified.");
  }
  const period = Metrics === undefined ? (Period ?? 0) : periodOf({ Metrics });
  if (period < 60 || period % 60 !== 0) {
    refuseValue(
      `The period ${period} must be a multiple of 60 seconds: here metrics are kept by the minute.`,
    );
  }
}

function checkCount(name: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  const limit = most === Number.POSITIVE_INFINITY ? "" : ` and at most EvaluationPeriods (${most})`;
  refuseValue(`The parameter ${name} is ${value}; it must be at least 1${limit}.`);
}

function oneOf<Name extends string>(field: string, names: readonly Name[], value: string | undefined): Name {
  return (
    names.find((name) => name === value) ??
    refuseValue(`The value ${value} for parameter ${field} is none of ${names.join(", ")}.`)
  );
}
