import {
  type CloudWatchClient,
  type MetricDataQuery,
  paginateGetMetricData,
} from "@aws-sdk/client-cloudwatch";
import { type Minute, minuteAt, minuteEnd, minuteStart } from "@espalier/evidence";
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

/** Fetches series, and gives what was found of each by the first minute of its periods: nothing of one that is not there. */
export async function fetchData(
  client: CloudWatchClient,
  wanted: readonly Wanted[],
  { from, to, period = 1 }: Span,
): Promise<(one: Wanted) => Series> {
  const data = wanted.map(() => new Map<Minute, number>());
  const MetricDataQueries = wanted.map((one, k) => query(`m${k}`, one, period * 60));
  const span = { StartTime: new Date(minuteStart(from)), EndTime: new Date(minuteEnd(to)) };
  for await (const page of paginateGetMetricData({ client }, { MetricDataQueries, ...span })) {
    for (const { Id = "", Timestamps = [], Values = [] } of page.MetricDataResults ?? []) {
      const series = data[Number(Id.slice(1))];
      for (const [k, time] of Timestamps.entries()) series?.set(minuteAt(time.getTime()), Values[k] ?? 0);
    }
  }
  const found = new Map(wanted.map((one, k) => [keyOf(one), data[k]]));
  return (one) => found.get(keyOf(one)) ?? new Map();
}

const keyOf = ({ group, zone = "", metric, stat }: Wanted) => `${group} ${zone} ${metric} ${stat}`;

function query(Id: string, { group, zone, metric, stat }: Wanted, Period: number): MetricDataQuery {
  const Dimensions = [
    ...(zone === undefined ? [] : [{ Name: "AvailabilityZone", Value: zone }]),
    { Name: "TargetGroup", Value: group },
  ];
  const Metric = { Namespace: LATTICE, MetricName: metric, Dimensions };
  return { Id, MetricStat: { Metric, Period, Stat: stat } };
}
