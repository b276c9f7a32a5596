import type { Journey } from "../journey.ts";
import type { Outcome } from "../outcome.ts";

/** A request that is over. */
export interface Finished {
  readonly journey: Journey;
  readonly outcome: Outcome;
  /** AWS time. */
  readonly at: number;
  /** Milliseconds of wall time to the last byte. */
  readonly durationMs: number;
  /** Its connection had lasted as long as one may, and was cut. */
  readonly expired: boolean;
  /** To be called when it is written down. */
  readonly done: () => void;
}

/**
 * Takes finished requests and hands them to `record` at the end of the event loop's turn, all of the turn together: one by one, between
 * other requests' steps, each would find the processor's caches cold.
 */
export function finishedRequests(record: (finished: Finished) => void): (finished: Finished) => void {
  let ofThisTurn: Finished[] = [];
  const recordAll = () => {
    const all = ofThisTurn;
    ofThisTurn = [];
    for (const finished of all) record(finished);
  };
  return (finished) => {
    if (ofThisTurn.push(finished) === 1) setImmediate(recordAll);
  };
}
