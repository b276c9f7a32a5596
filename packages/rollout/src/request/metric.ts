import * as z from "zod";
import { wantedFields } from "./describe-issues.ts";
import { minutes } from "./minutes.ts";
import { Query } from "./query.ts";

const wantedWeight = {
  error: "a metric's weight is a number above 0; only its size beside the others matters",
};
const wantedMs = { error: "slowerThanMs is a number of milliseconds above 0" };
const wantedSlack = {
  error:
    "a slack is the share of requests, from 0 to below 1, that may be bad beyond 1.1 times the stable share",
};
const wantedName = {
  error:
    "the name of a metric of your own has 1 to 60 letters, digits, _ and -, and is not errors, slowAtP90 or slowAtP99, which are Lattice's",
};
const wantedBound = { error: "above and below are numbers, one of which is given" };

const weight = z.number(wantedWeight).positive(wantedWeight);
const slack = z.number(wantedSlack).nonnegative(wantedSlack).lt(1, wantedSlack).optional();
const name = z.string(wantedName).regex(/^(?!(?:errors|slowAtP90|slowAtP99)$)[\w-]{1,60}$/, wantedName);
const dryRun = z.boolean({ error: "dryRun is true or false" }).default(false);

const served = {
  name: z.enum(["errors", "slowAtP90", "slowAtP99"], {
    error: "the metrics are errors, slowAtP90 and slowAtP99",
  }),
  weight,
  slack,
  slowerThanMs: z.number(wantedMs).positive(wantedMs).optional(),
};

/** What Lattice counts of both arms. `slowerThanMs` replaces the threshold that is otherwise read off the stable group's own history. */
export const ServedMetric = z
  .strictObject(served, wantedFields("a metric of Lattice's", served))
  .refine(({ name, slowerThanMs }) => name !== "errors" || slowerThanMs === undefined, {
    error: "slowerThanMs belongs to slowAtP90 and slowAtP99: errors count whatever took how long",
  });
export type ServedMetric = z.infer<typeof ServedMetric>;

const ratio = { name, weight, slack, bad: Query, total: Query, dryRun };

/** So many bad of so many, by two queries of sums about each arm. With `dryRun` it is told and decides nothing. */
export const RatioMetric = z
  .strictObject(ratio, wantedFields("a ratio", ratio))
  .refine(({ bad, total }) => [bad, total].every(({ statistic }) => /^(Sum|SampleCount)$/.test(statistic)), {
    error: "a ratio counts: the statistic of bad and of total is Sum or SampleCount",
  });
export type RatioMetric = z.infer<typeof RatioMetric>;

const threshold = {
  name,
  query: Query,
  above: z.number(wantedBound).optional(),
  below: z.number(wantedBound).optional(),
  forMinutes: minutes("forMinutes", { least: 1, most: 60 }).pipe(z.int()).default(3),
  dryRun,
};

/** A plain rule about one query: so many minutes in a row above or below a value roll back. It guarantees nothing. */
export const ThresholdMetric = z
  .strictObject(threshold, wantedFields("a threshold", threshold))
  .refine(({ above, below }) => (above === undefined) !== (below === undefined), wantedBound);
export type ThresholdMetric = z.infer<typeof ThresholdMetric>;

/** Something that a rollout is judged by. */
export const Metric = z.union([ServedMetric, RatioMetric, ThresholdMetric], {
  error:
    "a metric is one of Lattice's ({name: errors, weight: 1}), a ratio ({name, weight, bad, total}) or a threshold ({name, query, above})",
});
export type Metric = z.infer<typeof Metric>;

/** Whether both arms are compared in it. */
export const isCompared = (metric: Metric): metric is ServedMetric | RatioMetric => "weight" in metric;

/** Whether it is a ratio of the user's own. */
export const isRatio = (metric: Metric): metric is RatioMetric => "total" in metric;

/** Whether it is a plain rule about one query. */
export const isThreshold = (metric: Metric): metric is ThresholdMetric => "query" in metric;

/** The metrics of a request, each named once: errors and two of latency unless said otherwise. */
export const Metrics = z
  .array(Metric, { error: "the metrics are a list of 1 to 10" })
  .min(1, { error: "name at least one metric" })
  .max(10, { error: "the metrics are a list of 1 to 10" })
  .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, {
    error: "each metric is named once",
  })
  .default([
    { name: "errors", weight: 0.62 },
    { name: "slowAtP90", weight: 0.23 },
    { name: "slowAtP99", weight: 0.15 },
  ]);
export type Metrics = z.infer<typeof Metrics>;
