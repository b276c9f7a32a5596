import type { ArmReading, Minute } from "@espalier/evidence";

/** One series' data by minute. */
export type Series = ReadonlyMap<Minute, number>;

/** One form of a target group's series. */
export interface FormSeries {
  readonly requests: Series;
  readonly bad: Series;
  /** The requests whose time was measured. */
  readonly timed: Series;
  /** Those that took longer than the threshold, by metric. */
  readonly slow: Readonly<Record<string, Series>>;
}

/** The series of one target group: over all zones, and zone by zone. A group may have either form, or both. */
export interface GroupSeries {
  readonly whole: FormSeries;
  readonly zones: readonly FormSeries[];
}

/**
 * What a group served in a minute, by one of the forms of its series: never by both, since each counts every request. A zone
 * that counted requests and no errors yet makes the minute late.
 */
export function readingOf(group: GroupSeries | undefined, minute: Minute): ArmReading {
  return readingBy(group, minute, ({ requests, bad }) => ({
    requests: requests.get(minute) ?? null,
    bad: bad.get(minute) ?? null,
  }));
}

/** The same of requests slower than a metric's threshold. A minute without requests has no times, and needs none. */
export function slowReadingOf(group: GroupSeries | undefined, minute: Minute, metric: string): ArmReading {
  return readingBy(group, minute, ({ requests, timed, slow }) =>
    requests.get(minute) === 0
      ? { requests: 0, bad: 0 }
      : { requests: timed.get(minute) ?? null, bad: slow[metric]?.get(minute) ?? null },
  );
}

function readingBy(
  group: GroupSeries | undefined,
  minute: Minute,
  read: (form: FormSeries) => ArmReading,
): ArmReading {
  const { whole, zones = [] } = group ?? {};
  const forms = whole !== undefined && whole.requests.size > 0 ? [whole] : zones;
  const counted = forms.filter(({ requests }) => requests.has(minute)).map(read);
  if (counted.length === 0) return { requests: null, bad: null };
  return {
    requests: sumOf(counted.map(({ requests }) => requests)),
    bad: sumOf(counted.map(({ bad }) => bad)),
  };
}

/** Of what is not all there, there is no sum. */
function sumOf(counts: readonly (number | null)[]): number | null {
  return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0);
}
