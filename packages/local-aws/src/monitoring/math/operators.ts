import type { Operator } from "./expression.ts";
import { mapPoints, mapValue, scalar, type TimeSeries, timesOf, type Value } from "./value.ts";

const compute: Readonly<Record<Operator, (left: number, right: number) => number>> = {
  OR: (left, right) => Number(left !== 0 || right !== 0),
  AND: (left, right) => Number(left !== 0 && right !== 0),
  "==": (left, right) => Number(left === right),
  "!=": (left, right) => Number(left !== right),
  "<=": (left, right) => Number(left <= right),
  ">=": (left, right) => Number(left >= right),
  "<": (left, right) => Number(left < right),
  ">": (left, right) => Number(left > right),
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "^": (left, right) => left ** right,
};

/**
 * Applies an operator to numbers, series and arrays of series. Of two series a missing value counts as 0; what would divide by zero is
 * dropped. Of two arrays the series meet in their order.
 */
export function applyOperator(operator: Operator, left: Value, right: Value): Value {
  const of = compute[operator];
  if (left.type === "scalar" && right.type === "scalar") return scalar(of(left.value, right.value));
  if (right.type === "scalar") {
    const { value } = right;
    return mapValue(
      left,
      (number) => number,
      ({ points }) => mapPoints(points, (point) => of(point, value)),
    );
  }
  if (left.type === "scalar") {
    const { value } = left;
    return mapValue(
      right,
      (number) => number,
      ({ points }) => mapPoints(points, (point) => of(value, point)),
    );
  }
  if (left.type === "series" && right.type === "series") {
    return { type: "series", series: combine(left.series, right.series, of) };
  }
  if (right.type === "series") {
    const all = left.type === "array" ? left.all : [];
    return { type: "array", all: all.map((series) => combine(series, right.series, of)) };
  }
  if (left.type === "series") {
    const named = right.all.map((series) => ({ ...combine(left.series, series, of), label: series.label }));
    return { type: "array", all: named };
  }
  const none: TimeSeries = { label: "", points: new Map() };
  return {
    type: "array",
    all: left.all.map((series, index) => combine(series, right.all[index] ?? none, of)),
  };
}

function combine(
  left: TimeSeries,
  right: TimeSeries,
  of: (left: number, right: number) => number,
): TimeSeries {
  const times = new Map(timesOf([left, right]).map((at) => [at, left.points.get(at) ?? 0]));
  return { ...left, points: mapPoints(times, (value, at) => of(value, right.points.get(at) ?? 0)) };
}
