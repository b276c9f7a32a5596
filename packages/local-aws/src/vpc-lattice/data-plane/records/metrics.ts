import type { Observation } from "../../../platform.ts";
import type { Failure } from "../../unconfirmed.ts";

/** One request, as CloudWatch counts it. */
export interface Measured {
  /** Absent where the caller went away before there was one. */
  readonly status: number | undefined;
  /** Milliseconds of wall time to the last byte. */
  readonly duration: number;
  readonly failure: Failure | undefined;
}

/** What is measured: a service or a target group. */
export interface Dimension {
  readonly name: "Service" | "TargetGroup";
  readonly id: string;
}

/** Counts per resource and minute, kept until the minute is over. */
export interface Metrics {
  record(dimension: Dimension, at: number, measured: Measured): void;
  /**
   * Takes out the minutes that ended by `now`. From its first request on each resource has counts for every minute, zeros
   * too; times only where there were requests.
   */
  take(now: number): Observation[];
}

interface Counts {
  total: number;
  readonly classes: [number, number, number, number];
  connectionErrors: number;
  timeouts: number;
  readonly durations: number[];
}

interface Series {
  readonly dimension: Dimension;
  readonly minutes: Map<number, Counts>;
  next: number;
}

const minuteMs = 60_000;
const connectionFailures: ReadonlySet<Failure | undefined> = new Set([
  "connectionRefused",
  "connectionTimeout",
]);
const timeouts: ReadonlySet<Failure | undefined> = new Set(["connectionTimeout", "targetTimeout"]);

/** See https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-cloudwatch.html */
export function metrics({ zone, lag }: { readonly zone: string; readonly lag: number }): Metrics {
  const all = new Map<string, Series>();

  return {
    record(dimension, at, { status, duration, failure }) {
      const minute = at - (at % minuteMs);
      const series = all.get(dimension.id) ?? { dimension, minutes: new Map(), next: minute };
      all.set(dimension.id, series);
      const counts = series.minutes.get(minute) ?? noCounts();
      series.minutes.set(minute, counts);
      counts.total += 1;
      counts.durations.push(duration);
      const index = Math.floor((status ?? 0) / 100) - 2;
      if (index >= 0 && index < 4) counts.classes[index as 0 | 1 | 2 | 3] += 1;
      if (connectionFailures.has(failure)) counts.connectionErrors += 1;
      if (timeouts.has(failure)) counts.timeouts += 1;
    },
    take(now) {
      const over = now - (now % minuteMs);
      const observations: Observation[] = [];
      for (const series of all.values()) {
        for (; series.next < over; series.next += minuteMs) {
          const counts = series.minutes.get(series.next) ?? noCounts();
          series.minutes.delete(series.next);
          observations.push(...observationsOf(series.dimension, series.next, counts, { zone, lag }));
        }
      }
      return observations;
    },
  };
}

function noCounts(): Counts {
  return { total: 0, classes: [0, 0, 0, 0], connectionErrors: 0, timeouts: 0, durations: [] };
}

/** Each metric of the resource as a whole, and of the zone: two series that say the same, as CloudWatch shows them. */
function observationsOf(
  { name, id }: Dimension,
  at: number,
  counts: Counts,
  { zone, lag }: { readonly zone: string; readonly lag: number },
): Observation[] {
  const [ok, redirects, clientErrors, serverErrors] = counts.classes;
  const sums = {
    TotalRequestCount: counts.total,
    HTTPCode_2XX_Count: ok,
    HTTPCode_3XX_Count: redirects,
    HTTPCode_4XX_Count: clientErrors,
    HTTPCode_5XX_Count: serverErrors,
    ...(name === "TargetGroup"
      ? { ConnectionErrorCount: counts.connectionErrors }
      : { RequestTimeoutCount: counts.timeouts }),
  };
  return [{ [name]: id }, { [name]: id, AvailabilityZone: zone }].flatMap((dimensions) => {
    const base = { namespace: "AWS/VpcLattice", dimensions, at, lag };
    return [
      ...Object.entries(sums).map(([metric, value]) => ({ ...base, metric, value, unit: "Count" })),
      ...counts.durations.map((value) => ({ ...base, metric: "RequestTime", value, unit: "Milliseconds" })),
    ];
  });
}
