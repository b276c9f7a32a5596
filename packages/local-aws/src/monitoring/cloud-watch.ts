import type { Platform } from "../platform.ts";
import type { Alarms } from "./alarms/alarms.ts";
import type { MetricStore } from "./metric-store.ts";

/** What the operations of CloudWatch work on. */
export interface CloudWatch {
  readonly platform: Platform;
  readonly store: MetricStore;
  readonly alarms: Alarms;
}
