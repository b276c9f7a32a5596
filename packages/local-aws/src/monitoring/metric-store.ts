import type { Observation, Platform } from "../platform.ts";
import { add, type Datum, emptyDatum } from "./datum.ts";

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
  /** The datum that an observation at `at` belongs to, made if there is none. */
  datum(
    name: SeriesName,
    at: number,
    options: { unit?: string | undefined; lag?: number | undefined },
  ): Datum;
  find(name: SeriesName): Series | undefined;
  all(): IterableIterator<Series>;
}

export const minute = 60_000;

/** How long data is kept, so that a long run has a bounded size; CloudWatch keeps minutes for 15 days. */
const retention = 3 * 24 * 60 * minute;

/** How often what is too old is thrown away. */
const sweepEvery = 60 * minute;

export function createMetricStore({ clock }: Pick<Platform, "clock">): MetricStore {
  const series = new Map<string, Series>();
  let nextSweep = clock.now() + sweepEvery;

  const sweep = (now: number) => {
    nextSweep = now + sweepEvery;
    for (const [key, { minutes }] of series) {
      for (const start of minutes.keys()) if (start < now - retention) minutes.delete(start);
      if (minutes.size === 0) series.delete(key);
    }
  };

  const store: MetricStore = {
    observe(observation) {
      add(store.datum(observation, observation.at, observation), observation.value, observation.count);
    },
    datum(name, at, { unit, lag }) {
      const now = clock.now();
      if (now >= nextSweep) sweep(now);
      const found = findOrAdd(series, name);
      found.unit ??= unit;
      const start = Math.floor(at / minute) * minute;
      // Without a lag it can be read at once, while its minute still goes on.
      const visibleAt = lag === undefined ? 0 : start + minute + lag;
      const known = found.minutes.get(start);
      if (known === undefined) {
        const datum = emptyDatum(visibleAt);
        found.minutes.set(start, datum);
        return datum;
      }
      known.visibleAt = Math.max(known.visibleAt, visibleAt);
      return known;
    },
    find: (name) => series.get(keyOf(name)),
    all: () => series.values(),
  };
  return store;
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
