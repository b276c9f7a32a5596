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

/** What there was to be seen of the arms. */
export interface Served {
  readonly candidate: boolean;
  readonly stable: boolean;
  /** The requests that the candidate should have had in minutes that were silent about it, given what the stable group had. */
  readonly owed: number;
}

/** So many requests cannot all have gone elsewhere by chance: a candidate that is owed more is silent for another reason. */
const MOST_OWED = Math.log(1000);

/**
 * With one more closed minute. What closes late of an earlier share does not count. Silence about arms that were never counted, and
 * could have been passed by, is no failure to measure, but a minute without requests.
 */
export function measureMinute(measured: Measured, closed: ClosedMinute, served: Served): Measured {
  if (closed.minute < measured.from) return measured;
  if (closed.type === "counted") {
    const requests = measured.requests + closed.candidate.requests;
    return { ...measured, counted: measured.counted + 1, missing: 0, requests };
  }
  if (isIdle(closed.silent, served)) return { ...measured, counted: measured.counted + 1, missing: 0 };
  return { ...measured, missing: measured.missing + 1 };
}

function isIdle(silent: false | "candidate" | "both", { candidate, stable, owed }: Served): boolean {
  if (silent === false || candidate) return false;
  return silent === "candidate" ? owed <= MOST_OWED : !stable;
}
