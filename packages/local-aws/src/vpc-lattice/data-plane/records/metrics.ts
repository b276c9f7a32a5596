import type { Observation } from "../../../platform.ts";
import type { Place } from "../../control-plane/ownership.ts";
import { durationOf, type MinuteCounts, noCounts } from "./minute-counts.ts";

/** What is measured: a service or a target group. */
export interface Dimension {
  readonly name: "Service" | "TargetGroup";
  readonly id: string;
}

/** What a target group's connections are like when its minute is over. */
export interface Gauges {
  readonly activeRequests: number;
  readonly activeConnections: number;
  readonly bytesReceived: number;
  readonly bytesSent: number;
}

interface Series {
  readonly dimension: Dimension;
  /** Whose metrics they are, and where. */
  readonly owner: Place;
  readonly minutes: Map<number, MinuteCounts>;
  /** The minute that is counted in, so that a request need not look it up. */
  latest: { readonly minute: number; readonly counts: MinuteCounts };
  /** The first minute that has not been taken. */
  next: number;
}

/** Counts per resource and minute, kept until the minute is over. */
export interface Metrics {
  /** The counts of the minute of `at`, or of the first one that has not been taken. */
  counts(name: Dimension["name"], id: string, at: number): MinuteCounts;
  /**
   * Takes out the minutes that ended by `now`. From its first traffic on each resource has counts for every minute, zeros
   * too; times only where there were requests.
   */
  take(now: number, gaugesOf: (groupId: string) => Gauges): OwnedObservation[];
}

/** An observation for the CloudWatch of an account and region. */
export interface OwnedObservation {
  readonly owner: Place;
  readonly observation: Observation;
}

/** Where a resource that has traffic belongs. */
export type OwnerOf = (dimension: Dimension) => Place;

const minuteMs = 60_000;

/** See https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-cloudwatch.html */
export function metrics(ownerOf: OwnerOf, lag: number): Metrics {
  const all = new Map<string, Series>();
  const begin = (dimension: Dimension, minute: number) => {
    const counts = noCounts();
    const series = {
      dimension,
      owner: ownerOf(dimension),
      minutes: new Map([[minute, counts]]),
      latest: { minute, counts },
      next: minute,
    };
    all.set(dimension.id, series);
    return series;
  };

  return {
    counts(name, id, at) {
      const itsMinute = at - (at % minuteMs);
      const series = all.get(id) ?? begin({ name, id }, itsMinute);
      // One that was taken already gets no more.
      const minute = Math.max(itsMinute, series.next);
      if (series.latest.minute !== minute) {
        const counts = series.minutes.get(minute) ?? noCounts();
        series.minutes.set(minute, counts);
        series.latest = { minute, counts };
      }
      return series.latest.counts;
    },
    take(now, gaugesOf) {
      const over = now - (now % minuteMs);
      const observations: OwnedObservation[] = [];
      for (const series of all.values()) {
        const { dimension, minutes, owner } = series;
        const options = { zone: `${owner.region}a`, lag };
        for (; series.next < over; series.next += minuteMs) {
          const counts = minutes.get(series.next) ?? noCounts();
          minutes.delete(series.next);
          const gauges = dimension.name === "TargetGroup" ? gaugesOf(dimension.id) : undefined;
          for (const observation of observationsOf(
            dimension,
            series.next,
            sums(counts, gauges),
            counts,
            options,
          ))
            observations.push({ owner, observation });
        }
      }
      return observations;
    },
  };
}

function sums(counts: MinuteCounts, gauges: Gauges | undefined): Record<string, readonly [number, string]> {
  const [ok, redirects, clientErrors, serverErrors] = counts.classes;
  const times = (value: number) => [value, "Count"] as const;
  const both = {
    TotalRequestCount: times(counts.requests),
    HTTPCode_2XX_Count: times(ok),
    HTTPCode_3XX_Count: times(redirects),
    HTTPCode_4XX_Count: times(clientErrors),
    HTTPCode_5XX_Count: times(serverErrors),
  };
  if (gauges === undefined) return { ...both, RequestTimeoutCount: times(counts.requestTimeouts) };
  const { http1, http2, tcp } = counts.connections;
  return {
    ...both,
    ActiveRequestCount: times(gauges.activeRequests),
    TotalConnectionCount: times(http1 + http2 + tcp),
    ActiveConnectionCount: times(gauges.activeConnections),
    HTTP1_ConnectionCount: times(http1),
    HTTP2_ConnectionCount: times(http2),
    ConnectionErrorCount: times(counts.connectionErrors),
    ConnectionTimeoutCount: times(counts.connectionTimeouts),
    TotalTLSConnectionHandshakeCount: times(counts.tlsHandshakes),
    TLSConnectionErrorCount: times(counts.tlsErrors),
    TotalReceivedConnectionBytes: [gauges.bytesReceived, "Bytes"],
    TotalSentConnectionBytes: [gauges.bytesSent, "Bytes"],
  };
}

/** Each metric of the resource as a whole, and of the zone: two series that say the same, as CloudWatch shows them. */
function observationsOf(
  { name, id }: Dimension,
  at: number,
  summed: Record<string, readonly [value: number, unit: string]>,
  { durations }: MinuteCounts,
  { zone, lag }: { readonly zone: string; readonly lag: number },
): Observation[] {
  return [{ [name]: id }, { [name]: id, AvailabilityZone: zone }].flatMap((dimensions) => {
    const base = { namespace: "AWS/VpcLattice", dimensions, at, lag };
    const seen = { ...base, metric: "RequestTime", unit: "Milliseconds" };
    return [
      ...Object.entries(summed).map(([metric, [value, unit]]) => ({ ...base, metric, value, unit })),
      ...[...durations].map(([step, count]) => ({ ...seen, value: durationOf(step), count })),
    ];
  });
}
