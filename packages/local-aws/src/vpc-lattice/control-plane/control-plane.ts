import type { Platform } from "../../platform.ts";
import type { LatticeSettings } from "../settings.ts";
import type { IdempotencyTokens } from "./idempotency.ts";
import type { LifeCycle } from "./life-cycle.ts";
import type { Target, TargetGroup } from "./records.ts";
import type { Store } from "./store.ts";

/** What the operations work with. */
export interface ControlPlane {
  readonly store: Store;
  readonly platform: Platform;
  readonly settings: LatticeSettings;
  readonly lifeCycle: LifeCycle;
  readonly tokens: IdempotencyTokens;
  /** Whether the resource of this ARN is shared with an account by Resource Access Manager. */
  readonly isShared: (resourceArn: string, account: string) => boolean;
  /** What the health checks know of a target. */
  readonly targetHealth: (group: TargetGroup, target: Target) => TargetHealth;
  /** Whether the address book says where on this machine a target is. */
  readonly hasAddress: (target: string) => boolean;
}

export interface TargetHealth {
  readonly status: "DRAINING" | "UNAVAILABLE" | "HEALTHY" | "UNHEALTHY" | "INITIAL" | "UNUSED";
  readonly reasonCode: string | undefined;
}
