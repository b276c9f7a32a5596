import type { Surroundings } from "./functions.ts";
import { InvalidExpression } from "./parse-expression.ts";
import { mapValue, type Value } from "./value.ts";

/** How FILL makes up for what is missing. */
export type Filling =
  | { readonly type: "value"; readonly value: Value }
  | { readonly type: "REPEAT" }
  | { readonly type: "LINEAR" };

type Points = ReadonlyMap<number, number>;

/** A value for each period that has none: a number, another series' value, the one before, or one between its neighbours. */
export function fill(operand: Value, filling: Filling, { grid }: Surroundings): Value {
  const filled = (points: Points): Points => {
    if (filling.type === "LINEAR") return between(points, grid);
    if (filling.type === "REPEAT") return repeated(points, grid);
    const other = valueAt(filling.value);
    return new Map(
      grid.flatMap((at) => {
        const value = points.get(at) ?? other(at);
        return value === undefined ? [] : [[at, value]];
      }),
    );
  };
  return mapValue(
    operand,
    (value) => value,
    ({ points }) => filled(points),
  );
}

function valueAt(value: Value): (at: number) => number | undefined {
  if (value.type === "scalar") return () => value.value;
  if (value.type === "series") return (at) => value.series.points.get(at);
  throw new InvalidExpression("FILL fills with a number, a time series, REPEAT or LINEAR");
}

function repeated(points: Points, grid: readonly number[]): Points {
  const filled = new Map<number, number>();
  let before: number | undefined;
  for (const at of grid) {
    before = points.get(at) ?? before;
    if (before !== undefined) filled.set(at, before);
  }
  return filled;
}

function between(points: Points, grid: readonly number[]): Points {
  const filled = new Map<number, number>();
  let before: { readonly at: number; readonly value: number } | undefined;
  let gap: number[] = [];
  for (const at of grid) {
    const value = points.get(at);
    if (value === undefined) {
      gap.push(at);
      continue;
    }
    if (before !== undefined) {
      const slope = (value - before.value) / (at - before.at);
      for (const empty of gap) filled.set(empty, before.value + slope * (empty - before.at));
    }
    filled.set(at, value);
    before = { at, value };
    gap = [];
  }
  return filled;
}
