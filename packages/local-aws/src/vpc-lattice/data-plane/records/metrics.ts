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

/** What happens in one zone. */
interface Series {
  readonly minutes: Map<number, MinuteCounts>;
  /** The minute that is counted in, so that a request need not look it up. */
  latest: { readonly minute: number; readonly counts: MinuteCounts };
  /** The first minute that has not been taken. */
  next: number;
}

interface Measured {
  readonly dimension: Dimension;
  /** Whose metrics they are, and where. */
  readonly owner: Place;
  /** By zone; undefined is the first one of the region. */
  readonly zones: Map<string | undefined, Series>;
}

/** Counts per resource and minute, kept until the minute is over. */
export interface Metrics {
  /** The counts of a zone in the minute of `at`, or in the first one that has not been taken. */
  counts(name: Dimension["name"], id: string, zone: string | undefined, at: number): MinuteCounts;
  /**
   * Takes out the minutes that ended by `now`. From its first traffic on each resource has counts for every minute, zeros
   * too, until it is deleted; times only where there were requests.
   */
  take(now: number, gaugesOf: (groupId: string, zone: string | undefined) => Gauges): OwnedObservation[];
}

/** An observation for the CloudWatch of an account and region. */
export interface OwnedObservation {
  readonly owner: Place;
  readonly observation: Observation;
}

/** Where a resource that has traffic belongs. */
export type OwnerOf = (dimension: Dimension) => Place;

const minuteMs = 60_000;

interface Surroundings {
  readonly ownerOf: OwnerOf;
  /** Whether a resource has not been deleted. */
  readonly exists: (dimension: Dimension) => boolean;
  /** How long after its minute a datum can be seen. */
  readonly lag: number;
}

/** See https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-cloudwatch.html */
export function metrics({ ownerOf, exists, lag }: Surroundings): Metrics {
  const all = new Map<string, Measured>();
  const begin = (dimension: Dimension) => {
    const measured = { dimension, owner: ownerOf(dimension), zones: new Map<string | undefined, Series>() };
    all.set(dimension.id, measured);
    return measured;
  };

  return {
    counts(name, id, zone, at) {
      const itsMinute = at - (at % minuteMs);
      const { zones } = all.get(id) ?? begin({ name, id });
      const series = zones.get(zone) ?? seriesIn(zones, zone, itsMinute);
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
      for (const { dimension, owner, zones } of all.values()) {
        const remains = exists(dimension);
        const first = Math.min(...zones.values().map(({ next }) => next));
        for (let minute = first; minute < over; minute += minuteMs) {
          const parts = [...zones].flatMap(([zone, series]) => {
            const counts = taken(series, minute, remains);
            if (counts === undefined) return [];
            const gauges = dimension.name === "TargetGroup" ? gaugesOf(dimension.id, zone) : undefined;
            return [
              { zone: zone ?? `${owner.region}a`, sums: sums(counts, gauges), times: counts.durations },
            ];
          });
          for (const observation of observationsOf(dimension, parts, { at: minute, lag }))
            observations.push({ owner, observation });
        }
        if (!remains && zones.values().every(({ minutes }) => minutes.size === 0)) all.delete(dimension.id);
      }
      return observations;
    },
  };
}

function seriesIn(zones: Measured["zones"], zone: string | undefined, minute: number): Series {
  const counts = noCounts();
  const series = { minutes: new Map([[minute, counts]]), latest: { minute, counts }, next: minute };
  zones.set(zone, series);
  return series;
}

/** Takes a minute out of a series, unless that begins later: zeros, where nothing happened and there shall be `zeros`. */
function taken(series: Series, minute: number, zeros: boolean): MinuteCounts | undefined {
  if (series.next > minute) return undefined;
  series.next = minute + minuteMs;
  const counts = series.minutes.get(minute);
  series.minutes.delete(minute);
  return counts ?? (zeros ? noCounts() : undefined);
}

type Sums = Readonly<Record<string, readonly [value: number, unit: string]>>;

function sums(counts: MinuteCounts, gauges: Gauges | undefined): Sums {
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

/** A minute of one zone, or of all. */
interface Part {
  readonly sums: Sums;
  readonly times: MinuteCounts["durations"];
}

/** Each metric of the resource as a whole, and of each zone: two forms that say the same, as CloudWatch shows them. */
function observationsOf(
  { name, id }: Dimension,
  zones: readonly (Part & { readonly zone: string })[],
  minute: { readonly at: number; readonly lag: number },
): Observation[] {
  const [first] = zones;
  if (first === undefined) return [];
  const whole = zones.length === 1 ? first : together(zones);
  return [
    ...partly({ [name]: id }, whole, minute),
    ...zones.flatMap((part) => partly({ [name]: id, AvailabilityZone: part.zone }, part, minute)),
  ];
}

function partly(
  dimensions: Observation["dimensions"],
  { sums, times }: Part,
  minute: { readonly at: number; readonly lag: number },
): Observation[] {
  const base = { namespace: "AWS/VpcLattice", dimensions, ...minute };
  const seen = { ...base, metric: "RequestTime", unit: "Milliseconds" };
  return [
    ...Object.entries(sums).map(([metric, [value, unit]]) => ({ ...base, metric, value, unit })),
    ...[...times].map(([step, count]) => ({ ...seen, value: durationOf(step), count })),
  ];
}

function together(parts: readonly Part[]): Part {
  const sums: Record<string, readonly [number, string]> = {};
  const times: MinuteCounts["durations"] = new Map();
  for (const part of parts) {
    for (const [metric, [value, unit]] of Object.entries(part.sums))
      sums[metric] = [(sums[metric]?.[0] ?? 0) + value, unit];
    for (const [step, count] of part.times) times.set(step, (times.get(step) ?? 0) + count);
  }
  return { sums, times };
}
