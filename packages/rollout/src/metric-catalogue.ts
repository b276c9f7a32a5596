import type { Instant } from "./instant.ts";
import type { Query } from "./request/query.ts";

/** What CloudWatch knows of the user's own metrics, before a rollout counts on them. */
export interface MetricCatalogue {
  /** The names of the metrics of a namespace. */
  names(namespace: string): Promise<string[]>;
  /** What a query says of the quarter of an hour before `at`: the total of what counts, else the last minute's value; null if nothing. */
  value(query: Query, at: Instant): Promise<number | null>;
}
