import { type CloudWatchClient, GetMetricDataCommand, paginateListMetrics } from "@aws-sdk/client-cloudwatch";
import { translated } from "@espalier/lattice";
import { type MetricCatalogue, type Query, toMillis } from "@espalier/rollout";

const SECONDS = 15 * 60;

/** The metrics in CloudWatch that are not Lattice's. */
export function cloudWatchCatalogue(client: CloudWatchClient): MetricCatalogue {
  async function names(Namespace: string): Promise<string[]> {
    const known = new Set<string>();
    for await (const { Metrics = [] } of paginateListMetrics({ client }, { Namespace })) {
      for (const { MetricName } of Metrics) if (MetricName !== undefined) known.add(MetricName);
    }
    return [...known].sort();
  }

  return {
    names: (namespace) => translated(names(namespace)),

    async value({ namespace, metric, dimensions, statistic }: Query, at) {
      const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
      const end = Math.floor(toMillis(at) / 60_000) * 60_000;
      const get = new GetMetricDataCommand({
        StartTime: new Date(end - SECONDS * 1000),
        EndTime: new Date(end),
        ScanBy: "TimestampDescending",
        MetricDataQueries: [
          {
            Id: "asked",
            MetricStat: {
              Metric: { Namespace: namespace, MetricName: metric, Dimensions },
              Period: 60,
              Stat: statistic,
            },
          },
        ],
      });
      const { MetricDataResults = [] } = await translated(client.send(get));
      const values = MetricDataResults.flatMap(({ Values = [] }) => Values);
      const [last] = values;
      if (last === undefined) return null;
      return /^(Sum|SampleCount)$/.test(statistic) ? values.reduce((sum, value) => sum + value, 0) : last;
    },
  };
}
