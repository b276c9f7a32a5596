import { type Datum, valueCounts } from "./datum.ts";

/** Computes one number from the data of a period. */
export type Statistic = (datum: Datum) => number;

/**
 * Reads `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount`, `p99.9`, `TC(300:)`, `PR(:0.5)`, `TM(10%:90%)` and `tm90`, which is
 * `TM(:90%)`; undefined for others. The lower bound of a range is exclusive, the upper one inclusive, and PR is a percentage. A
 * percentile is the least value that so many percent of the samples do not exceed.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export function parseStatistic(text: string): Statistic | undefined {
  const simple = statistics[text];
  if (simple !== undefined) return simple;
  const [, short, percent] = /^(p|tm)(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(text) ?? [];
  if (short === "p") return (datum) => valueAtRank(datum, Number(percent) / 100);
  if (short === "tm") return (datum) => meanOfRanks(datum, 0, Number(percent) / 100);
  const [, kind = "", low = "", high = ""] = /^(TC|PR|TM)\(([\d.]*%?):([\d.]*%?)\)$/.exec(text) ?? [];
  const range = readRange(low, high);
  if (range === undefined) return undefined;
  const { above, upTo } = range;
  if (range.percent)
    return kind === "TM" ? (datum) => meanOfRanks(datum, above / 100, upTo / 100) : undefined;
  if (kind === "TC") return (datum) => within(datum, above, upTo).count;
  if (kind === "PR") return (datum) => (100 * within(datum, above, upTo).count) / datum.samples;
  return (datum) => {
    const { sum, count } = within(datum, above, upTo);
    return sum / count;
  };
}

interface Range {
  readonly above: number;
  readonly upTo: number;
  /** Whether the bounds are percentages of the samples, not values. */
  readonly percent: boolean;
}

function readRange(low: string, high: string): Range | undefined {
  const given = [low, high].filter((bound) => bound !== "");
  const percent = given.some((bound) => bound.endsWith("%"));
  if (given.length === 0 || given.some((bound) => bound.endsWith("%") !== percent)) return undefined;
  const least = percent ? 0 : Number.NEGATIVE_INFINITY;
  const most = percent ? 100 : Number.POSITIVE_INFINITY;
  const above = low === "" ? least : boundOf(low);
  const upTo = high === "" ? most : boundOf(high);
  return above < upTo && above >= least && upTo <= most ? { above, upTo, percent } : undefined;
}

const boundOf = (text: string) => (/^\d+(\.\d+)?%?$/.test(text) ? Number.parseFloat(text) : Number.NaN);

const statistics: Readonly<Record<string, Statistic>> = {
  Sum: ({ sum }) => sum,
  Average: ({ sum, samples }) => sum / samples,
  Minimum: ({ least }) => least,
  Maximum: ({ most }) => most,
  SampleCount: ({ samples }) => samples,
};

function valueAtRank(datum: Datum, share: number): number {
  let seen = 0;
  for (const [value, times] of ascending(datum)) {
    seen += times;
    if (seen >= share * datum.samples) return value;
  }
  return datum.most;
}

/** The mean of the samples between two shares of them, in ascending order; one that lies across a bound counts in part. */
function meanOfRanks(datum: Datum, from: number, to: number): number {
  const [first, last] = [from * datum.samples, to * datum.samples];
  let seen = 0;
  let sum = 0;
  for (const [value, times] of ascending(datum)) {
    sum += value * Math.max(0, Math.min(last, seen + times) - Math.max(first, seen));
    seen += times;
  }
  return sum / (last - first);
}

function ascending(datum: Datum) {
  return [...valueCounts(datum)].sort(([one], [other]) => one - other);
}

function within(datum: Datum, above: number, upTo: number): { readonly count: number; readonly sum: number } {
  let count = 0;
  let sum = 0;
  for (const [value, times] of valueCounts(datum)) {
    if (value <= above || value > upTo) continue;
    count += times;
    sum += value * times;
  }
  return { count, sum };
}
