import type { Minute, Reading } from "@espalier/evidence";
import type { Pair } from "./forwarding.ts";
import type { Percentile, Thresholds } from "./plan/thresholds.ts";

/** Counts per target group and minute. */
export interface Metrics {
  /**
   * What can be read of these minutes, both ends included: a reading for each, with null for a datum that is not there. Slow
   * requests are counted beyond each of the thresholds.
   */
  read(pair: Pair, from: Minute, to: Minute, thresholds: Thresholds): Promise<Reading[]>;
  /** The milliseconds that this percentage of a group's requests in these minutes did not exceed; null if none was timed. */
  percentile(group: string, percentile: Percentile, from: Minute, to: Minute): Promise<number | null>;
}
