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
  /** How often each duration was seen: by the number of its step, see `stepOf`. */
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
  const step = stepOf(duration);
  counts.durations.set(step, (counts.durations.get(step) ?? 0) + 1);
}

/**
 * Durations are kept to three significant digits (hundredths of a millisecond below 10), so that a minute of any traffic has a bounded
 * size. A step is a whole number, quicker to look up than a fraction: a thousand for the first ten milliseconds, 900 for each
 * power of ten that follows.
 */
function stepOf(duration: number): number {
  let steps = 0;
  let width = 0.01;
  for (let end = 10; duration >= end; end *= 10) {
    steps += 900;
    width *= 10;
  }
  return steps + Math.round(duration / width);
}

/** The duration that a step stands for, in milliseconds. */
export function durationOf(step: number): number {
  const powers = Math.max(0, Math.floor((step - 101) / 900));
  return ((step - 900 * powers) * 10 ** powers) / 100;
}
