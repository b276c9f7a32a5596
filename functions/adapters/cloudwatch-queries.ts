import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { type ArmReading, Minute, type Reading } from "@espalier/evidence";
import { translated } from "@espalier/lattice";
import { type Level, type MetricQueries, queryFor, type RatioMetric } from "@espalier/rollout";
import type { Series } from "./group-series.ts";
import { fetchQueries } from "./metric-data.ts";

/** The metrics of a user's own in CloudWatch. A threshold's query is about the candidate where it is about a group. */
export function cloudWatchQueries(client: CloudWatchClient): MetricQueries {
  return {
    async ratios(pair, metrics, from, to) {
      const arms = [pair.candidate, pair.stable];
      const wanted = metrics.flatMap(({ bad, total }) =>
        arms.flatMap((group) => [queryFor(bad, group), queryFor(total, group)]),
      );
      const series = await translated(fetchQueries(client, wanted, { from, to }));
      return new Map(
        minutesOf(from, to).map((minute) => [minute, ratiosAt(metrics, series, minute)] as const),
      );
    },

    async levels(pair, metrics, from, to) {
      const wanted = metrics.map(({ query }) => queryFor(query, pair.candidate));
      const series = await translated(fetchQueries(client, wanted, { from, to }));
      return metrics.flatMap(({ name }, k) =>
        minutesOf(from, to).map((minute): Level => ({ name, minute, value: series[k]?.get(minute) ?? null })),
      );
    },
  };
}

const minutesOf = (from: Minute, to: Minute) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => Minute.parse(from + k));

/** Four series a metric: bad and total of the candidate, then of the stable group. */
function ratiosAt(metrics: readonly RatioMetric[], series: readonly Series[], minute: Minute) {
  const read = (k: number): ArmReading => {
    const requests = series[k + 1]?.get(minute) ?? null;
    // Many count what is bad only when there is something: a total without it has none.
    return { requests, bad: requests === null ? null : (series[k]?.get(minute) ?? 0) };
  };
  const arms = metrics.map(({ name }, k) => [name, { candidate: read(4 * k), stable: read(4 * k + 2) }]);
  return Object.fromEntries(arms) as NonNullable<Reading["slow"]>;
}
