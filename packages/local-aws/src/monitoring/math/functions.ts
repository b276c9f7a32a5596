import { InvalidExpression } from "./parse-expression.ts";
import { mapPoints, mapValue, scalar, seriesOf, type TimeSeries, timesOf, type Value } from "./value.ts";

/** What functions know of the request. */
export interface Surroundings {
  /** The starts of the periods that were asked for and have begun, milliseconds. */
  readonly grid: readonly number[];
  /** Seconds. */
  readonly period: number;
}

type MathFunction = (operands: readonly Value[], surroundings: Surroundings) => Value;

/** The functions that are offered, by name; METRICS is no function of values and FILL and IF are in files of their own. */
export const functions: ReadonlyMap<string, MathFunction> = new Map<string, MathFunction>(
  Object.entries({
    ABS: ofEach(Math.abs),
    CEIL: ofEach(Math.ceil),
    FLOOR: ofEach(Math.floor),
    LOG: ofEach(Math.log),
    LOG10: ofEach(Math.log10),
    SUM: reducing(sum),
    AVG: reducing((values, among) => sum(values) / (among || 1)),
    MIN: reducing((values) => Math.min(...values)),
    MAX: reducing((values) => Math.max(...values)),
    METRIC_COUNT: ([operand]) => scalar(operand === undefined ? 0 : seriesOf(operand).length),
    DATAPOINT_COUNT: reducing((values) => values.length),
    PERIOD: (_, { period }) => scalar(period),
    TIME_SERIES: ([operand], { grid }) => {
      const value = operand?.type === "scalar" ? operand.value : Number.NaN;
      if (Number.isNaN(value)) throw new InvalidExpression("TIME_SERIES takes a number");
      return { type: "series", series: { label: "", points: new Map(grid.map((at) => [at, value])) } };
    },
    FIRST: ([operand]) => ({ type: "series", series: nth(operand, 0) }),
    LAST: ([operand]) => ({ type: "series", series: nth(operand, -1) }),
  }),
);

function ofEach(compute: (value: number) => number): MathFunction {
  return ([operand]) =>
    mapValue(operand ?? scalar(Number.NaN), compute, ({ points }) => mapPoints(points, compute));
}

/**
 * One number of the points of a series; of an array a series of the numbers of each time. `among` counts the points or series, those
 * without a value at the time included.
 */
function reducing(compute: (values: readonly number[], among: number) => number): MathFunction {
  return ([operand]) => {
    if (operand === undefined || operand.type === "scalar") return operand ?? scalar(0);
    if (operand.type === "series") {
      const values = [...operand.series.points.values()];
      return scalar(compute(values, values.length));
    }
    const points = timesOf(operand.all).map((at) => {
      const values = operand.all.flatMap((series) => series.points.get(at) ?? []);
      return [at, compute(values, operand.all.length)] as const;
    });
    return { type: "series", series: { label: "", points: new Map(points) } };
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function nth(operand: Value | undefined, index: number): TimeSeries {
  const found = operand === undefined ? undefined : seriesOf(operand).at(index);
  if (found === undefined) throw new InvalidExpression("FIRST and LAST take an array of time series");
  return found;
}
