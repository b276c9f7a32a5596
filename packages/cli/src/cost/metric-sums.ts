import {
  type CloudWatchClient,
  type Metric,
  paginateGetMetricData,
  paginateListMetrics,
} from "@aws-sdk/client-cloudwatch";

const NAMESPACE = "AWS/VpcLattice";

/** One metric of one of Lattice's things. */
export interface Wanted {
  readonly metric: string;
  readonly dimension: "Service" | "TargetGroup";
  readonly id: string;
}

/** The sums of some metrics by hour (its beginning, in milliseconds), in the order in which they are wanted. */
export async function hourlySums(
  client: CloudWatchClient,
  wanted: readonly Wanted[],
  from: number,
  to: number,
): Promise<ReadonlyMap<number, number>[]> {
  const series = await seriesOf(client, wanted);
  const sums = wanted.map(() => new Map<number, number>());
  // What GetMetricData takes at once.
  for (let start = 0; start < series.length; start += 500) {
    const batch = series.slice(start, start + 500);
    const pages = paginateGetMetricData(
      { client },
      {
        StartTime: new Date(from),
        EndTime: new Date(to),
        MetricDataQueries: batch.map(({ metric }, index) => ({
          Id: `q${index}`,
          MetricStat: { Metric: metric, Period: 3600, Stat: "Sum" },
        })),
      },
    );
    for await (const { MetricDataResults = [] } of pages)
      for (const { Id = "", Timestamps = [], Values = [] } of MetricDataResults) {
        const byHour = sums[batch[Number(Id.slice(1))]?.of ?? -1];
        for (const [k, at] of Timestamps.entries())
          byHour?.set(at.getTime(), (byHour.get(at.getTime()) ?? 0) + (Values[k] ?? 0));
      }
  }
  return sums;
}

interface Series {
  readonly metric: Metric;
  /** Which of the wanted ones it belongs to. */
  readonly of: number;
}

/**
 * The series to add up. CloudWatch may have a thing as a whole, by zone, or both; a sum is of one form only, since each counts
 * everything.
 */
async function seriesOf(client: CloudWatchClient, wanted: readonly Wanted[]): Promise<Series[]> {
  const listed = new Map<string, Metric[]>();
  for (const MetricName of new Set(wanted.map(({ metric }) => metric)))
    for await (const { Metrics = [] } of paginateListMetrics(
      { client },
      { Namespace: NAMESPACE, MetricName },
    ))
      for (const metric of Metrics) {
        const { Name, Value } =
          (metric.Dimensions ?? []).find(({ Name }) => Name !== "AvailabilityZone") ?? {};
        const key = `${MetricName} ${Name} ${Value}`;
        listed.set(key, [...(listed.get(key) ?? []), metric]);
      }
  return wanted.flatMap(({ metric, dimension, id }, of) => {
    const all = listed.get(`${metric} ${dimension} ${id}`) ?? [];
    const whole = all.filter(({ Dimensions = [] }) => Dimensions.length === 1);
    const zones = all.filter(({ Dimensions = [] }) => Dimensions.length === 2);
    return (whole.length > 0 ? whole : zones).map((one) => ({ metric: one, of }));
  });
}
