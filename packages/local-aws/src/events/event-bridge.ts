import type { Platform } from "../platform.ts";
import type { Buses } from "./bus.ts";
import type { Router } from "./router.ts";
import type { RuleSchedules } from "./rule-schedules.ts";

/** What the operations of EventBridge work on. */
export interface EventBridge {
  readonly platform: Platform;
  readonly buses: Buses;
  readonly router: Router;
  readonly schedules: RuleSchedules;
}
