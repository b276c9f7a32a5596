import { type Datum, merge } from "./datum.ts";
import { minute, type Series } from "./metric-store.ts";

/** The data of a period; `at` is its start. */
export interface DataPoint {
  readonly at: number;
  readonly datum: Datum;
}

/**
 * The periods from `start` up to `end` (exclusive) that have data which can be read at `now`, oldest first. Periods without
 * are absent. Periods are counted from `start`; all times are milliseconds.
 */
export function dataPoints(
  series: Series | undefined,
  range: { readonly start: number; readonly end: number; readonly period: number; readonly now: number },
): DataPoint[] {
  const periods = new Map<number, Datum[]>();
  for (const [at, datum] of minutesWithin(series, range)) {
    if (datum.visibleAt > range.now) continue;
    const start = range.start + Math.floor((at - range.start) / range.period) * range.period;
    const known = periods.get(start);
    if (known === undefined) periods.set(start, [datum]);
    else known.push(datum);
  }
  return [...periods].map(([at, data]) => ({ at, datum: merge(data) })).sort((a, b) => a.at - b.at);
}

/** Looks minutes up one by one where the range is shorter than the series, which in a long run it is. */
function* minutesWithin(
  series: Series | undefined,
  { start, end }: { readonly start: number; readonly end: number },
): Generator<[number, Datum]> {
  if (series === undefined) return;
  const first = Math.ceil(start / minute) * minute;
  if ((end - first) / minute > series.minutes.size) {
    for (const [at, datum] of series.minutes) if (at >= first && at < end) yield [at, datum];
    return;
  }
  for (let at = first; at < end; at += minute) {
    const datum = series.minutes.get(at);
    if (datum !== undefined) yield [at, datum];
  }
}
