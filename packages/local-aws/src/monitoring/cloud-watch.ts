import type { MetricAlarm } from "@aws-sdk/client-cloudwatch";
import type { Platform } from "../platform.ts";
import type { MetricStore } from "./metric-store.ts";

/** What the operations of CloudWatch work on. */
export interface CloudWatch {
  readonly platform: Platform;
  readonly store: MetricStore;
  /** By their name. */
  readonly alarms: Map<string, MetricAlarm>;
}
