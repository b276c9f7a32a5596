import * as z from "zod";
import { wantedFields } from "./describe-issues.ts";

const text = (what: string) => {
  const error = { error: `${what} is a text of 1 to 255 characters` };
  return z.string(error).min(1, error).max(255, error);
};

const wantedStatistic = {
  error: "a statistic is Sum, Average, Minimum, Maximum, SampleCount, or a percentile as in p99.9",
};

const query = {
  namespace: text("a namespace"),
  metric: text("a metric's name"),
  dimensions: z.record(text("a dimension's name"), text("a dimension's value")).default({}),
  statistic: z
    .string(wantedStatistic)
    .regex(/^(Sum|Average|Minimum|Maximum|SampleCount|p\d{1,2}(\.\d{1,2})?)$/, wantedStatistic)
    .default("Sum"),
};

/**
 * One metric of CloudWatch, read minute by minute. In a dimension's value `${targetGroup}` stands for the id of the target group
 * that is asked about, so that one query serves both arms.
 */
export const Query = z.strictObject(query, wantedFields("a query", query));
export type Query = z.infer<typeof Query>;

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is what stands in a request.
const TARGET_GROUP = "${targetGroup}";

/** The query about one target group. */
export function queryFor({ dimensions, ...query }: Query, targetGroup: string): Query {
  const about = ([name, value]: [string, string]) => [name, value.replaceAll(TARGET_GROUP, targetGroup)];
  return { ...query, dimensions: Object.fromEntries(Object.entries(dimensions).map(about)) };
}
