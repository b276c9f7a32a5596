import type { Observation, Platform, Service } from "../platform.ts";
import { createAlarms } from "./alarms/alarms.ts";
import { createMetricStore } from "./metric-store.ts";
import { deleteAlarms } from "./operations/delete-alarms.ts";
import { describeAlarmHistory } from "./operations/describe-alarm-history.ts";
import { describeAlarms } from "./operations/describe-alarms.ts";
import { getMetricData } from "./operations/get-metric-data.ts";
import { getMetricStatistics } from "./operations/get-metric-statistics.ts";
import { listMetrics } from "./operations/list-metrics.ts";
import { putMetricAlarm } from "./operations/put-metric-alarm.ts";
import { putMetricData } from "./operations/put-metric-data.ts";
import { setAlarmState } from "./operations/set-alarm-state.ts";

/** CloudWatch's metrics and alarms. */
export interface Monitoring extends Service {
  /** Takes an observation of an AWS service: the platform's `observe`. */
  observe(observation: Observation): void;
}

/** Metrics are kept for three days of AWS time, a datum a minute; alarms are evaluated once a minute. */
export function createMonitoring(platform: Platform): Monitoring {
  const store = createMetricStore(platform);
  const watch = { platform, store, alarms: createAlarms(platform, store) };
  return {
    name: "monitoring",
    operations: {
      DeleteAlarms: deleteAlarms(watch),
      DescribeAlarmHistory: describeAlarmHistory(watch),
      DescribeAlarms: describeAlarms(watch),
      GetMetricData: getMetricData(watch),
      GetMetricStatistics: getMetricStatistics(watch),
      ListMetrics: listMetrics(watch),
      PutMetricAlarm: putMetricAlarm(watch),
      PutMetricData: putMetricData(watch),
      SetAlarmState: setAlarmState(watch),
    },
    observe: store.observe,
  };
}
