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
