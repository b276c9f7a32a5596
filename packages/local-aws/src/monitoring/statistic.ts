import { type Datum, valueCounts } from "./datum.ts";

/** Computes one number from the data of a period. */
export type Statistic = (datum: Datum) => number;

/**
 * Reads `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount`, `p99.9`, `TC(300:)` and `PR(:0.5)`; undefined for others,
 * trimmed and winsorized means among them. The lower bound of a range is exclusive, the upper one inclusive, and PR is a
 * percentage. A percentile is the least value that so many percent of the samples do not exceed.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export function parseStatistic(text: string): Statistic | undefined {
  const simple = statistics[text];
  if (simple !== undefined) return simple;
  const percentile = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(text)?.[1];
  if (percentile !== undefined) return (datum) => valueAtRank(datum, Number(percentile) / 100);
  const [, kind, low, high] = /^(TC|PR)\(([\d.]*):([\d.]*)\)$/.exec(text) ?? [];
  if (kind === undefined || (low === "" && high === "")) return undefined;
  const above = low ? Number(low) : Number.NEGATIVE_INFINITY;
  const upTo = high ? Number(high) : Number.POSITIVE_INFINITY;
  if (Number.isNaN(above) || Number.isNaN(upTo) || above >= upTo) return undefined;
  return kind === "TC"
    ? (datum) => countWithin(datum, above, upTo)
    : (datum) => (100 * countWithin(datum, above, upTo)) / datum.samples;
}

const statistics: Readonly<Record<string, Statistic>> = {
  Sum: ({ sum }) => sum,
  Average: ({ sum, samples }) => sum / samples,
  Minimum: ({ least }) => least,
  Maximum: ({ most }) => most,
  SampleCount: ({ samples }) => samples,
};

function valueAtRank(datum: Datum, share: number): number {
  let seen = 0;
  for (const [value, times] of [...valueCounts(datum)].sort(([a], [b]) => a - b)) {
    seen += times;
    if (seen >= share * datum.samples) return value;
  }
  return datum.most;
}

function countWithin(datum: Datum, above: number, upTo: number): number {
  let count = 0;
  for (const [value, times] of valueCounts(datum)) if (value > above && value <= upTo) count += times;
  return count;
}
