import type { Minute, Reading } from "@espalier/evidence";
import type { Pair } from "./forwarding.ts";

/** Counts per target group and minute. */
export interface Metrics {
  /** What can be read of these minutes, both ends included: a reading for each, with null for a datum that is not there. */
  read(pair: Pair, from: Minute, to: Minute): Promise<Reading[]>;
}
