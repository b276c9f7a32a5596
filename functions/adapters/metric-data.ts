import { type CloudWatchClient, paginateGetMetricData } from "@aws-sdk/client-cloudwatch";
import { type Minute, minuteAt, minuteEnd, minuteStart } from "@espalier/evidence";
import type { Query } from "@espalier/rollout";
import type { Series } from "./group-series.ts";

/** Lattice's namespace in CloudWatch. */
export const LATTICE = "AWS/VpcLattice";

/** A metric as CloudWatch is to count it. */
export interface Statistic {
  readonly metric: "TotalRequestCount" | "HTTPCode_5XX_Count" | "RequestTime";
  readonly stat: string;
}

/** A statistic of a target group: in a zone, or over all of them where it is undefined. */
export interface Wanted extends Statistic {
  readonly group: string;
  readonly zone: string | undefined;
}

/** The minutes to be read, both included, and how many of them make one datum: 1 if it is not given. */
export interface Span {
  readonly from: Minute;
  readonly to: Minute;
  readonly period?: number;
}

/** Fetches statistics of target groups, and gives what was found of each: nothing of one that is not there. */
export async function fetchData(
  client: CloudWatchClient,
  wanted: readonly Wanted[],
  span: Span,
): Promise<(one: Wanted) => Series> {
  const series = await fetchQueries(client, wanted.map(queryOf), span);
  const found = new Map(wanted.map((one, k) => [keyOf(one), series[k]]));
  return (one) => found.get(keyOf(one)) ?? new Map();
}

/** Fetches series, each in the order asked for, by the first minute of its periods. */
export async function fetchQueries(
  client: CloudWatchClient,
  queries: readonly Query[],
  { from, to, period = 1 }: Span,
): Promise<Series[]> {
  const data = queries.map(() => new Map<Minute, number>());
  if (queries.length === 0) return data;
  const MetricDataQueries = queries.map((query, k) => dataQuery(`m${k}`, query, period * 60));
  const span = { StartTime: new Date(minuteStart(from)), EndTime: new Date(minuteEnd(to)) };
  for await (const page of paginateGetMetricData({ client }, { MetricDataQueries, ...span })) {
    for (const { Id = "", Timestamps = [], Values = [] } of page.MetricDataResults ?? []) {
      const series = data[Number(Id.slice(1))];
      for (const [k, time] of Timestamps.entries()) series?.set(minuteAt(time.getTime()), Values[k] ?? 0);
    }
  }
  return data;
}

const keyOf = ({ group, zone = "", metric, stat }: Wanted) => `${group} ${zone} ${metric} ${stat}`;

const queryOf = ({ group, zone, metric, stat }: Wanted): Query => ({
  namespace: LATTICE,
  metric,
  statistic: stat,
  dimensions: { ...(zone === undefined ? {} : { AvailabilityZone: zone }), TargetGroup: group },
});

function dataQuery(Id: string, { namespace, metric, dimensions, statistic }: Query, Period: number) {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const Metric = { Namespace: namespace, MetricName: metric, Dimensions };
  return { Id, MetricStat: { Metric, Period, Stat: statistic } };
}
