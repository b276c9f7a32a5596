import * as z from "zod";
import { describeIssue } from "../document/describe-issue.ts";
import { TopologyRefused } from "../problem.ts";

const error = "a price is a number of dollars, or null where it is not known";
const Dollars = z.number({ error }).min(0, { error }).nullable();

/** What Lattice and the delivery of its logs cost in one region, in dollars; null where it is not known. */
export const NetworkPrices = z.strictObject({
  /** When the prices were looked up: `2026-09`. */
  date: z.string({ error: "a date is a text, as in 2026-09" }),
  /** The pages they are from. */
  sources: z.array(z.string(), { error: "sources are a list of texts" }),
  dollars: z.strictObject({
    serviceHour: Dollars,
    /** Of requests and answers. */
    gigabyte: Dollars,
    /** HTTP requests above the free ones. */
    millionRequests: Dollars,
    /** Delivered to a log group, a bucket, a Firehose stream. */
    logGigabyte: z.strictObject({ logs: Dollars, s3: Dollars, firehose: Dollars }),
  }),
});
export type NetworkPrices = z.infer<typeof NetworkPrices>;

const Regions = z.record(
  z.string(),
  z.looseObject({ network: NetworkPrices }, { error: "a region has the prices of its network" }),
  { error: "prices are an object of regions" },
);

/** The prices of networks by region, from what was parsed of a file. Throws TopologyRefused, with every problem. */
export function readNetworkPrices(value: unknown, source: string): ReadonlyMap<string, NetworkPrices> {
  const parsed = Regions.safeParse(value, { reportInput: true });
  if (parsed.success)
    return new Map(Object.entries(parsed.data).map(([region, { network }]) => [region, network]));
  const problems = parsed.error.issues.flatMap((issue) => describeIssue(issue));
  throw new TopologyRefused(source, problems, { cause: parsed.error });
}
