import { type CloudWatchClient, paginateListMetrics } from "@aws-sdk/client-cloudwatch";
import { type ArmReading, Minute } from "@espalier/evidence";
import { translated } from "@espalier/lattice";
import type { Metrics, Thresholds } from "@espalier/rollout";
import { type FormSeries, type GroupSeries, readingOf, slowReadingOf } from "./group-series.ts";
import { fetchData, LATTICE, type Statistic } from "./metric-data.ts";
import { percentileOf, slowerThan, TIMED } from "./request-times.ts";

const REQUESTS: Statistic = { metric: "TotalRequestCount", stat: "Sum" };
const ERRORS: Statistic = { metric: "HTTPCode_5XX_Count", stat: "Sum" };

interface Asked {
  readonly groups: readonly string[];
  readonly zones: readonly string[];
  readonly from: Minute;
  readonly to: Minute;
  readonly thresholds: Thresholds;
}

/** Lattice's counts in CloudWatch. */
export function cloudWatchMetrics(client: CloudWatchClient): Metrics {
  return {
    async read(pair, from, to, thresholds) {
      const groups = [pair.candidate, pair.stable];
      const zones = await translated(zonesOf(client, groups));
      const [candidate, stable] = await translated(seriesOf(client, { groups, zones, from, to, thresholds }));
      const arms = (read: (group: GroupSeries | undefined) => ArmReading) => ({
        candidate: read(candidate),
        stable: read(stable),
      });
      const names = Object.keys(thresholds);
      return Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => {
        const minute = Minute.parse(from + k);
        const errors = { minute, ...arms((group) => readingOf(group, minute)) };
        if (names.length === 0) return errors;
        const slow = names.map((name) => [name, arms((group) => slowReadingOf(group, minute, name))]);
        return { ...errors, slow: Object.fromEntries(slow) };
      });
    },
    async percentile(group, percentile, from, to) {
      const zones = await translated(zonesOf(client, [group]));
      return translated(percentileOf(client, { group, zones, percentile, from, to }));
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
      Namespace: LATTICE,
      MetricName: REQUESTS.metric,
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
  { groups, zones, from, to, thresholds }: Asked,
): Promise<GroupSeries[]> {
  const slow = Object.entries(thresholds).map(([name, ms]) => [name, slowerThan(ms)] as const);
  const times = slow.length > 0 ? [TIMED, ...slow.map(([, statistic]) => statistic)] : [];
  const statistics = [REQUESTS, ERRORS, ...times];
  const wanted = groups.flatMap((group) =>
    [undefined, ...zones].flatMap((zone) => statistics.map((statistic) => ({ ...statistic, group, zone }))),
  );
  const series = await fetchData(client, wanted, { from, to });
  const form = (group: string, zone: string | undefined): FormSeries => ({
    requests: series({ ...REQUESTS, group, zone }),
    bad: series({ ...ERRORS, group, zone }),
    timed: series({ ...TIMED, group, zone }),
    slow: Object.fromEntries(slow.map(([name, statistic]) => [name, series({ ...statistic, group, zone })])),
  });
  return groups.map((group) => ({
    whole: form(group, undefined),
    zones: zones.map((zone) => form(group, zone)),
  }));
}
