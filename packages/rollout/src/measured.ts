import { type ClosedMinute, type Minute, minuteAt } from "@espalier/evidence";
import { type Instant, toMillis } from "./instant.ts";

/** What could be measured since the candidate got its present share. */
export interface Measured {
  /** The first minute of it. */
  readonly from: Minute;
  /** Minutes that were counted. */
  readonly counted: number;
  /** Minutes in a row, up to the last one closed, that were given up as missing. */
  readonly missing: number;
  /** What the candidate served in the counted minutes. */
  readonly requests: number;
}

/** Nothing measured yet, at a share that was written at this time. */
export function startMeasured(at: Instant): Measured {
  return { from: minuteAt(toMillis(at)), counted: 0, missing: 0, requests: 0 };
}

/** Which arms were ever counted. */
export interface Served {
  readonly candidate: boolean;
  readonly stable: boolean;
}

/**
 * With one more closed minute. What closes late of an earlier share does not count. Silence about arms that were never counted is no
 * failure to measure, but a minute without requests.
 */
export function measureMinute(measured: Measured, closed: ClosedMinute, served: Served): Measured {
  if (closed.minute < measured.from) return measured;
  if (closed.type === "counted") {
    const requests = measured.requests + closed.candidate.requests;
    return { ...measured, counted: measured.counted + 1, missing: 0, requests };
  }
  const idle =
    closed.silent !== false && !served.candidate && (closed.silent === "candidate" || !served.stable);
  if (idle) return { ...measured, counted: measured.counted + 1, missing: 0 };
  return { ...measured, missing: measured.missing + 1 };
}
