/** What is kept of one series in one minute: enough for every statistic. */
export interface Datum {
  /**
   * How often each value was seen; undefined while all are the same, as counts mostly are. The values of a minute with very many
   * different ones are rounded, see `add`.
   */
  counts: Map<number, number> | undefined;
  sum: number;
  samples: number;
  least: number;
  most: number;
  /** AWS time in milliseconds from which it can be read. */
  visibleAt: number;
}

/** Different values kept exactly in a minute; CloudWatch bins the distributions that it computes percentiles from as well. */
const mostExact = 1000;

export function emptyDatum(visibleAt: number): Datum {
  return {
    counts: undefined,
    sum: 0,
    samples: 0,
    least: Number.POSITIVE_INFINITY,
    most: Number.NEGATIVE_INFINITY,
    visibleAt,
  };
}

/**
 * Adds a value seen `times` times. Sum, minimum and maximum are always exact; once a minute has 1,000 different values, a new
 * one is counted at three significant digits, so that a flood of different values has a bounded size.
 */
function add(datum: Datum, value: number, times = 1): void {
  if (times <= 0) return;
  const counts = datum.samples === 0 || isOnlyValue(datum, value) ? undefined : mapOf(datum);
  if (counts !== undefined) addCount(counts, value, times);
  datum.counts = counts;
  datum.sum += value * times;
  datum.samples += times;
  datum.least = Math.min(datum.least, value);
  datum.most = Math.max(datum.most, value);
}

/** What is added to a datum at once: values with how often they were seen, and what these do not say exactly. */
export interface Addition {
  readonly values: readonly (readonly [value: number, times: number])[];
  /** Where it is not that of the values. */
  readonly sum?: number;
  readonly least?: number;
  readonly most?: number;
}

export function addTo(datum: Datum, { values, sum, least, most }: Addition): void {
  const before = datum.sum;
  for (const [value, times] of values) add(datum, value, times);
  if (sum !== undefined) datum.sum = before + sum;
  datum.least = Math.min(datum.least, least ?? datum.least);
  datum.most = Math.max(datum.most, most ?? datum.most);
}

/** The addition that makes an empty datum this one. */
export function additionOf(datum: Datum): Addition {
  const { sum, least, most } = datum;
  return { values: [...valueCounts(datum)], sum, least, most };
}

/** Each value with how often it was seen, in no order. */
export function valueCounts(datum: Datum): Iterable<readonly [value: number, times: number]> {
  return datum.counts ?? (datum.samples === 0 ? [] : [[datum.least, datum.samples]]);
}

/** Data of several minutes as one. */
export function merge(data: readonly Datum[]): Datum {
  const [only, ...others] = data;
  if (only !== undefined && others.length === 0) return only;
  const merged = emptyDatum(0);
  const counts = new Map<number, number>();
  for (const datum of data) {
    for (const [value, times] of valueCounts(datum)) counts.set(value, (counts.get(value) ?? 0) + times);
    merged.sum += datum.sum;
    merged.samples += datum.samples;
    merged.least = Math.min(merged.least, datum.least);
    merged.most = Math.max(merged.most, datum.most);
  }
  return { ...merged, counts };
}

const isOnlyValue = ({ counts, least }: Datum, value: number) => counts === undefined && value === least;

const mapOf = (datum: Datum) => datum.counts ?? new Map(valueCounts(datum));

function addCount(counts: Map<number, number>, value: number, times: number): void {
  const kept = counts.size < mostExact || counts.has(value) ? value : Number(value.toPrecision(3));
  counts.set(kept, (counts.get(kept) ?? 0) + times);
}
