import type { Minute, Reading } from "@espalier/evidence";
import type { Pair } from "../forwarding.ts";
import type { Level } from "../level.ts";
import type { RatioMetric, ThresholdMetric } from "../request/metric.ts";

/** The metrics of a user's own, minute by minute, both ends included. */
export interface MetricQueries {
  /** Both arms' bad and total by minute and metric, as `slow` of a reading has them; null for a datum that is not there. */
  ratios(
    pair: Pair,
    metrics: readonly RatioMetric[],
    from: Minute,
    to: Minute,
  ): Promise<ReadonlyMap<Minute, NonNullable<Reading["slow"]>>>;
  levels(pair: Pair, metrics: readonly ThresholdMetric[], from: Minute, to: Minute): Promise<Level[]>;
}
