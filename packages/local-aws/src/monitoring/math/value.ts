/** A time series: values by the start of their period, milliseconds. */
export interface TimeSeries {
  readonly label: string;
  readonly points: ReadonlyMap<number, number>;
}

/** What an expression comes to. */
export type Value =
  | { readonly type: "scalar"; readonly value: number }
  | { readonly type: "series"; readonly series: TimeSeries }
  | { readonly type: "array"; readonly all: readonly TimeSeries[] };

export const scalar = (value: number): Value => ({ type: "scalar", value });

/** Series of a value that has some. */
export function seriesOf(value: Value): readonly TimeSeries[] {
  if (value.type === "array") return value.all;
  return value.type === "series" ? [value.series] : [];
}

/** The value with each of its series, or its number, replaced. */
export function mapValue(
  value: Value,
  number: (value: number) => number,
  points: (series: TimeSeries) => ReadonlyMap<number, number>,
): Value {
  if (value.type === "scalar") return scalar(number(value.value));
  const mapped = (series: TimeSeries) => ({ ...series, points: points(series) });
  return value.type === "series"
    ? { type: "series", series: mapped(value.series) }
    : { type: "array", all: value.all.map(mapped) };
}

/** Points of which each is computed from one; those that come to no finite number are dropped. */
export function mapPoints(
  points: ReadonlyMap<number, number>,
  compute: (value: number, at: number) => number,
): Map<number, number> {
  const mapped = new Map<number, number>();
  for (const [at, value] of points) {
    const computed = compute(value, at);
    if (Number.isFinite(computed)) mapped.set(at, computed);
  }
  return mapped;
}

/** Every time at which one of the series has a point, oldest first. */
export function timesOf(all: readonly TimeSeries[]): readonly number[] {
  return [...new Set(all.flatMap(({ points }) => [...points.keys()]))].sort((a, b) => a - b);
}
