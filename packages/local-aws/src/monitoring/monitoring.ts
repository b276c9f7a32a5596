import type { Observation, Platform, Service } from "../platform.ts";
import { createMetricStore } from "./metric-store.ts";
import { alarmOperations } from "./operations/alarms.ts";
import { getMetricData } from "./operations/get-metric-data.ts";
import { getMetricStatistics } from "./operations/get-metric-statistics.ts";
import { listMetrics } from "./operations/list-metrics.ts";
import { putMetricData } from "./operations/put-metric-data.ts";

/** CloudWatch's metrics and alarms. */
export interface Monitoring extends Service {
  /** Takes an observation of an AWS service: the platform's `observe`. */
  observe(observation: Observation): void;
}

/** Metrics are kept for three days of AWS time, a datum a minute; alarms are kept but not evaluated. */
export function createMonitoring(platform: Platform): Monitoring {
  const store = createMetricStore(platform);
  const watch = { platform, store, alarms: new Map() };
  return {
    name: "monitoring",
    operations: {
      ...alarmOperations(watch),
      GetMetricData: getMetricData(watch),
      GetMetricStatistics: getMetricStatistics(watch),
      ListMetrics: listMetrics(watch),
      PutMetricData: putMetricData(watch),
    },
    observe: store.observe,
  };
}
