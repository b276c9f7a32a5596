import type { Platform } from "../platform.ts";
import type { Groups } from "./groups.ts";
import type { Runner } from "./runner.ts";

/** What the operations of Scheduler work on. */
export interface Scheduling {
  readonly platform: Platform;
  readonly groups: Groups;
  readonly runner: Runner;
}
