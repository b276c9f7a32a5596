import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { Minute } from "@espalier/evidence";
import type { Percentile } from "@espalier/rollout";
import { fetchData, type Statistic } from "./metric-data.ts";

/** The requests whose time was measured. */
export const TIMED: Statistic = { metric: "RequestTime", stat: "SampleCount" };

/**
 * Those of them that took more than so many milliseconds. CloudWatch bins values, so the threshold is exact to the bin.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export const slowerThan = (ms: number): Statistic => ({
  metric: "RequestTime",
  stat: `TC(${Number(ms.toFixed(6))}:)`,
});

/**
 * A percentile of a group's request times. Percentiles of minutes have no average, so the whole time is one period; where
 * CloudWatch cuts it in two, or has a group by zone only, the part with most requests speaks for the rest. Four digits are kept.
 */
export async function percentileOf(
  client: CloudWatchClient,
  {
    group,
    zones,
    percentile,
    from,
    to,
  }: {
    readonly group: string;
    readonly zones: readonly string[];
    readonly percentile: Percentile;
    readonly from: Minute;
    readonly to: Minute;
  },
): Promise<number | null> {
  const forms = [undefined, ...zones].map((zone) => ({
    timed: { ...TIMED, group, zone },
    value: { metric: "RequestTime" as const, stat: percentile, group, zone },
  }));
  const period = Math.min(MOST_MINUTES_IN_PERIOD, to - from + 1);
  const wanted = forms.flatMap(({ timed, value }) => [timed, value]);
  const series = await fetchData(client, wanted, { from, to, period });
  const parts = forms.flatMap(({ timed, value }) =>
    [...series(value)].map(([at, ms]) => ({ ms, requests: series(timed).get(at) ?? 0 })),
  );
  const [largest] = parts.sort((one, other) => other.requests - one.requests);
  return largest === undefined ? null : Number(largest.ms.toPrecision(4));
}

const MOST_MINUTES_IN_PERIOD = 1440;
