import {
  type CloudWatchClient,
  type MetricDataQuery,
  paginateGetMetricData,
  paginateListMetrics,
} from "@aws-sdk/client-cloudwatch";
import { Minute, minuteAt, minuteEnd, minuteStart } from "@espalier/evidence";
import { translated } from "@espalier/lattice";
import type { Metrics } from "@espalier/rollout";
import { type GroupSeries, readingOf } from "./group-series.ts";

const NAMESPACE = "AWS/VpcLattice";
const METRICS = { requests: "TotalRequestCount", bad: "HTTPCode_5XX_Count" } as const;

/** Lattice's counts in CloudWatch. */
export function cloudWatchMetrics(client: CloudWatchClient): Metrics {
  return {
    async read(pair, from, to) {
      const zones = await translated(zonesOf(client, [pair.candidate, pair.stable]));
      const groups = [pair.candidate, pair.stable];
      const [candidate, stable] = await translated(seriesOf(client, groups, zones, from, to));
      return Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => {
        const minute = Minute.parse(from + k);
        return { minute, candidate: readingOf(candidate, minute), stable: readingOf(stable, minute) };
      });
    },
  };
}

/**
 * The zones in which either group has been counted. ListMetrics may be a quarter of an hour late, so a new group is
 * looked for in the zones of the old one too.
 */
async function zonesOf(client: CloudWatchClient, groups: readonly string[]): Promise<string[]> {
  const zones = new Set<string>();
  for (const group of groups) {
    const series = {
      Namespace: NAMESPACE,
      MetricName: METRICS.requests,
      Dimensions: [{ Name: "TargetGroup", Value: group }],
    };
    for await (const { Metrics = [] } of paginateListMetrics({ client }, series)) {
      for (const { Dimensions = [] } of Metrics) {
        const zone = Dimensions.find(({ Name }) => Name === "AvailabilityZone")?.Value;
        if (zone !== undefined && Dimensions.length === 2) zones.add(zone);
      }
    }
  }
  return [...zones].sort();
}

async function seriesOf(
  client: CloudWatchClient,
  groups: readonly string[],
  zones: readonly string[],
  from: Minute,
  to: Minute,
): Promise<GroupSeries[]> {
  const forms = [undefined, ...zones];
  const queries = groups.flatMap((group, g) =>
    forms.flatMap((zone, z) => [
      query(`requests_${g}_${z}`, METRICS.requests, group, zone),
      query(`bad_${g}_${z}`, METRICS.bad, group, zone),
    ]),
  );
  const data = await fetchData(client, queries, from, to);
  const series = (id: string) => data.get(id) ?? new Map<Minute, number>();
  const both = (g: number, z: number) => ({
    requests: series(`requests_${g}_${z}`),
    bad: series(`bad_${g}_${z}`),
  });
  return groups.map((_, g) => ({ whole: both(g, 0), zones: zones.map((_zone, z) => both(g, z + 1)) }));
}

function query(Id: string, MetricName: string, group: string, zone: string | undefined): MetricDataQuery {
  const Dimensions = [
    ...(zone === undefined ? [] : [{ Name: "AvailabilityZone", Value: zone }]),
    { Name: "TargetGroup", Value: group },
  ];
  const Metric = { Namespace: NAMESPACE, MetricName, Dimensions };
  return { Id, MetricStat: { Metric, Period: 60, Stat: "Sum" } };
}

async function fetchData(
  client: CloudWatchClient,
  MetricDataQueries: MetricDataQuery[],
  from: Minute,
  to: Minute,
): Promise<Map<string, Map<Minute, number>>> {
  const data = new Map<string, Map<Minute, number>>();
  const span = { StartTime: new Date(minuteStart(from)), EndTime: new Date(minuteEnd(to)) };
  for await (const page of paginateGetMetricData({ client }, { MetricDataQueries, ...span })) {
    for (const { Id = "", Timestamps = [], Values = [] } of page.MetricDataResults ?? []) {
      const series = data.get(Id) ?? new Map<Minute, number>();
      data.set(Id, series);
      for (const [k, time] of Timestamps.entries()) series.set(minuteAt(time.getTime()), Values[k] ?? 0);
    }
  }
  return data;
}
