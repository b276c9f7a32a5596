/** One request, as CloudWatch counts it. */
export interface Measured {
  /** 0 where the caller went away before there was one. */
  readonly status: number;
  /** Milliseconds of wall time to the last byte. */
  readonly duration: number;
  readonly timedOut: boolean;
}

/** What happened to a service or target group in one minute. */
export interface MinuteCounts {
  requests: number;
  readonly classes: [number, number, number, number];
  requestTimeouts: number;
  /** How often each duration was seen, see `rounded`. */
  readonly durations: Map<number, number>;
  readonly connections: { http1: number; http2: number; tcp: number };
  connectionErrors: number;
  connectionTimeouts: number;
  tlsHandshakes: number;
  tlsErrors: number;
}

/** Nothing happened. */
export function noCounts(): MinuteCounts {
  return {
    requests: 0,
    classes: [0, 0, 0, 0],
    requestTimeouts: 0,
    durations: new Map(),
    connections: { http1: 0, http2: 0, tcp: 0 },
    connectionErrors: 0,
    connectionTimeouts: 0,
    tlsHandshakes: 0,
    tlsErrors: 0,
  };
}

/** Counts a request in. */
export function count(counts: MinuteCounts, { status, duration, timedOut }: Measured): void {
  counts.requests += 1;
  const index = Math.floor(status / 100) - 2;
  if (index >= 0 && index < 4) counts.classes[index as 0 | 1 | 2 | 3] += 1;
  if (timedOut) counts.requestTimeouts += 1;
  const kept = rounded(duration);
  counts.durations.set(kept, (counts.durations.get(kept) ?? 0) + 1);
}

/** To three significant digits, so that a minute of any traffic has a bounded size. */
function rounded(duration: number): number {
  const steps = duration < 10 ? 100 : duration < 100 ? 10 : 1;
  if (duration < 1000) return Math.round(duration * steps) / steps;
  const coarse = 10 ** (Math.floor(Math.log10(duration)) - 2);
  return Math.round(duration / coarse) * coarse;
}
