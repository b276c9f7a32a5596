import { createMonitoring } from "../../src/monitoring/monitoring.ts";
import { root, type TestPlatform, testPlatform } from "../events/platform.ts";

const start = Date.UTC(2026, 0, 1);
export const minute = 60_000;

/** So many minutes after the clock's start. */
export const at = (minutes: number) => new Date(start + minutes * minute);

/** The series of these tests. */
export const requests = {
  namespace: "AWS/VpcLattice",
  metric: "TotalRequestCount",
  dimensions: { TargetGroup: "tg-1" },
};

/** A query for it, with the id `q`. */
export const query = (Stat: string, more: object = {}, metric: object = {}) => ({
  Id: "q",
  MetricStat: {
    Metric: {
      Namespace: requests.namespace,
      MetricName: requests.metric,
      Dimensions: [{ Name: "TargetGroup", Value: "tg-1" }],
      ...metric,
    },
    Period: 60,
    Stat,
    ...more,
  },
});

/** CloudWatch on a clock that stands. */
export interface CloudWatch {
  readonly platform: TestPlatform;
  readonly clock: TestPlatform["clock"];
  /** Makes a call as root. */
  // biome-ignore lint/suspicious/noExplicitAny: as Platform's call.
  readonly call: (operation: string, input: object) => Promise<any>;
  /** Observes a request count, so many minutes after the start. */
  readonly observe: (value: number, minutes: number, more?: object) => void;
  /** GetMetricData for the first hour. */
  // biome-ignore lint/suspicious/noExplicitAny: as Platform's call.
  readonly get: (queries: object[], more?: object) => Promise<any>;
  /** A statistic of the series in the first hour, newest first. */
  readonly values: (statistic: string, more?: object) => Promise<number[]>;
}

export function cloudWatch(): CloudWatch {
  const platform = testPlatform();
  const monitoring = createMonitoring(platform);
  platform.add(monitoring);
  const call = (operation: string, input: object) => platform.call(root, "monitoring", operation, input);
  const get = (MetricDataQueries: object[], more: object = {}) =>
    call("GetMetricData", { MetricDataQueries, StartTime: at(0), EndTime: at(60), ...more });
  return {
    platform,
    clock: platform.clock,
    call,
    observe: (value, minutes, more = {}) =>
      monitoring.observe({ ...requests, at: start + minutes * minute, value, ...more }),
    get,
    values: async (statistic, more = {}) => (await get([query(statistic, more)])).MetricDataResults[0].Values,
  };
}
