import { InvalidExpression } from "./parse-expression.ts";
import type { TimeSeries, Value } from "./value.ts";

/**
 * `IF(condition, then, otherwise)`, period by period where the condition is a series. Where it holds and `then` has no value there, the
 * value is 0; where it does not hold and `otherwise` has none or is left out, the point is dropped.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#using-IF-expressions
 */
export function ifElse(condition: Value, then: Value, otherwise: Value | undefined): Value {
  if ([condition, then, otherwise].some((value) => value?.type === "array")) {
    throw new InvalidExpression("IF takes numbers and single time series");
  }
  if (condition.type === "scalar") {
    return (condition.value !== 0 ? then : otherwise) ?? { type: "series", series: none };
  }
  const points = new Map<number, number>();
  for (const [at, holds] of condition.type === "series" ? condition.series.points : []) {
    const value = holds !== 0 ? (valueAt(then, at) ?? 0) : valueAt(otherwise, at);
    if (value !== undefined) points.set(at, value);
  }
  return { type: "series", series: { label: "", points } };
}

const none: TimeSeries = { label: "", points: new Map() };

function valueAt(value: Value | undefined, at: number): number | undefined {
  if (value?.type === "scalar") return value.value;
  return value?.type === "series" ? value.series.points.get(at) : undefined;
}
