import type { AlarmSettings, Comparison, StateValue } from "./alarm.ts";

/** One period of an alarm: its start in milliseconds, and its value if there is one. */
export interface Point {
  readonly at: number;
  readonly value: number | undefined;
}

/** What the points say: the state to be in, or undefined to stay in the one it is in, and the points that decided. */
export interface Judgement {
  readonly state: StateValue | undefined;
  /** Those with a value, newest first. */
  readonly real: readonly (Point & { readonly value: number })[];
  /** How many without a value were counted as the alarm says. */
  readonly filled: number;
}

type Rule = Pick<
  AlarmSettings,
  "ComparisonOperator" | "DatapointsToAlarm" | "EvaluationPeriods" | "Threshold" | "TreatMissingData"
>;

/**
 * Judges the points of an alarm's evaluation range, oldest first. Where at least EvaluationPeriods of them have a value the newest of
 * those decide alone; otherwise as few as needed of the missing ones are counted as TreatMissingData says. With `missing`, an alarm goes
 * off early if all there is has been breaching for DatapointsToAlarm periods.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function judge(points: readonly Point[], rule: Rule): Judgement {
  const { EvaluationPeriods: periods, DatapointsToAlarm: needed, TreatMissingData: treatment } = rule;
  const real = points
    .flatMap((point) => (point.value === undefined ? [] : [{ ...point, value: point.value }]))
    .toReversed()
    .slice(0, periods);
  const breaching = real.filter(({ value }) => breaches(value, rule)).length;
  const filled = periods - real.length;
  const of = (state: StateValue | undefined): Judgement => ({ state, real, filled });
  if (filled === 0 || treatment === "notBreaching") return of(breaching >= needed ? "ALARM" : "OK");
  if (treatment === "breaching") return of(breaching + filled >= needed ? "ALARM" : "OK");
  if (breaching >= needed) return of("ALARM");
  if (breaching < real.length) return of("OK");
  if (treatment === "ignore") return of(undefined);
  const oldest = real.at(-1);
  const age = oldest === undefined ? 0 : points.length - points.findIndex(({ at }) => at === oldest.at);
  return of(age >= needed ? "ALARM" : "INSUFFICIENT_DATA");
}

const holds: Readonly<Record<Comparison, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
};

function breaches(
  value: number,
  { ComparisonOperator, Threshold }: Pick<Rule, "ComparisonOperator" | "Threshold">,
): boolean {
  return holds[ComparisonOperator](value, Threshold);
}
