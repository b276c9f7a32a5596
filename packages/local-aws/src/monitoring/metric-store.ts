import type { Observation, Platform } from "../platform.ts";
import { type Addition, additionOf, addTo, type Datum, emptyDatum } from "./datum.ts";

/** What names a series. Two series with other dimensions are never added up. */
interface SeriesName {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface Series extends SeriesName {
  unit: string | undefined;
  /** By the start of their minute, milliseconds since the epoch. */
  readonly minutes: Map<number, Datum>;
}

/** The series of an account, a datum a minute. Times are AWS time in milliseconds. */
export interface MetricStore {
  observe(observation: Observation): void;
  /** Adds to the minute of `at`, once it is known to be a name that CloudWatch takes. */
  add(
    name: SeriesName,
    at: number,
    addition: Addition,
    options: { unit?: string | undefined; lag?: number | undefined },
  ): void;
  find(name: SeriesName): Series | undefined;
  all(): IterableIterator<Series>;
}

/** What is written down for each addition to a minute, which begins at `start`. */
interface WrittenAddition extends SeriesName {
  readonly unit: string | undefined;
  readonly start: number;
  readonly visibleAt: number;
  readonly addition: Addition;
}

export const minute = 60_000;

/** Additions that are not worth being written anew as sums. */
const fewest = 10_000;

/** How long data is kept, so that a long run has a bounded size; CloudWatch keeps minutes for 15 days. */
const retention = 3 * 24 * 60 * minute;

/** How often what is too old is thrown away. */
const sweepEvery = 60 * minute;

export function createMetricStore({ clock, storage }: Pick<Platform, "clock" | "storage">): MetricStore {
  const series = new Map<string, Series>();
  const written = storage.list<WrittenAddition>("monitoring.data");
  let writtenCount = 0;
  let nextSweep = clock.now() + sweepEvery;

  const sweep = (now: number) => {
    nextSweep = now + sweepEvery;
    for (const [key, { minutes }] of series) {
      for (const start of minutes.keys()) if (start < now - retention) minutes.delete(start);
      if (minutes.size === 0) series.delete(key);
    }
    const count = [...series.values()].reduce((sum, { minutes }) => sum + minutes.size, 0);
    if (writtenCount > Math.max(fewest, 2 * count)) rewrite();
  };
  const rewrite = () => {
    const all = [...additionsOf(series.values())];
    written.rewrite(all);
    writtenCount = all.length;
  };
  const apply = ({ unit, start, visibleAt, addition, ...name }: WrittenAddition) => {
    const found = findOrAdd(series, name);
    found.unit ??= unit;
    const datum = found.minutes.get(start) ?? emptyDatum(visibleAt);
    found.minutes.set(start, datum);
    datum.visibleAt = Math.max(datum.visibleAt, visibleAt);
    addTo(datum, addition);
    writtenCount += 1;
  };
  for (const addition of written.read()) apply(addition);

  const store: MetricStore = {
    observe(observation) {
      const { value, count = 1 } = observation;
      store.add(observation, observation.at, { values: [[value, count]] }, observation);
    },
    add({ namespace, metric, dimensions }, at, addition, { unit, lag }) {
      const now = clock.now();
      if (now >= nextSweep) sweep(now);
      const start = Math.floor(at / minute) * minute;
      // Without a lag it can be read at once, while its minute still goes on.
      const visibleAt = lag === undefined ? 0 : start + minute + lag;
      const whole = { namespace, metric, dimensions, unit, start, visibleAt, addition };
      apply(whole);
      written.append(whole);
    },
    find: (name) => series.get(keyOf(name)),
    all: () => series.values(),
  };
  return store;
}

function* additionsOf(all: Iterable<Series>): Generator<WrittenAddition> {
  for (const { namespace, metric, dimensions, unit, minutes } of all) {
    for (const [start, datum] of minutes) {
      const { visibleAt } = datum;
      yield { namespace, metric, dimensions, unit, start, visibleAt, addition: additionOf(datum) };
    }
  }
}

function findOrAdd(series: Map<string, Series>, name: SeriesName): Series {
  const key = keyOf(name);
  const known = series.get(key);
  if (known !== undefined) return known;
  const { namespace, metric, dimensions } = name;
  const added = { namespace, metric, dimensions: { ...dimensions }, unit: undefined, minutes: new Map() };
  series.set(key, added);
  return added;
}

function keyOf({ namespace, metric, dimensions }: SeriesName): string {
  const names = Object.keys(dimensions);
  if (names.length > 1) names.sort();
  let key = `${namespace}\n${metric}`;
  for (const name of names) key += `\n${name}\n${dimensions[name]}`;
  return key;
}
