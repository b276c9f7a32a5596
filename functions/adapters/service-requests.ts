import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { Minute, minuteAt } from "@espalier/evidence";
import { fetchQueries, LATTICE } from "./metric-data.ts";

/** How many minutes are looked back: Lattice's metrics of a minute come some minutes late. */
const minutes = 10;

/** GetMetricData takes at most this many queries. */
const batch = 500;

/** The requests that each service had in the ten minutes before a time, by its id; none where nothing was counted. */
export async function requestsOf(
  client: CloudWatchClient,
  services: readonly string[],
  at: string,
): Promise<Map<string, number>> {
  const to = minuteAt(Date.parse(at));
  const span = { from: Minute.parse(to - minutes), to };
  const requests = new Map<string, number>();
  for (let first = 0; first < services.length; first += batch) {
    const some = services.slice(first, first + batch);
    const series = await fetchQueries(
      client,
      some.map((service) => ({
        ...{ namespace: LATTICE, metric: "TotalRequestCount", statistic: "Sum" },
        dimensions: { Service: service },
      })),
      span,
    );
    for (const [k, service] of some.entries())
      requests.set(
        service,
        [...(series[k]?.values() ?? [])].reduce((sum, value) => sum + value, 0),
      );
  }
  return requests;
}
