import type { ArmCounts, Minute, RegressionPlan, RegressionState } from "@espalier/evidence";
import type { AdaptivePlan } from "./adaptive/adaptive-plan.ts";
import type { AdaptiveProgress } from "./adaptive/adaptive-progress.ts";
import type { Forwarding } from "./forwarding.ts";
import type { Instant } from "./instant.ts";
import type { Measured } from "./measured.ts";
import type { Named, Outcome, RolloutRefused } from "./rollout-event.ts";
import type { Strategy } from "./strategy.ts";
import type { Weight } from "./weight.ts";

/** A phase that can be paused, and that goes on where it was. */
export type Held =
  | { readonly type: "starting" }
  | { readonly type: "shifting"; readonly step: number; readonly to: Weight }
  | {
      readonly type: "baking";
      readonly step: number;
      readonly since: Instant;
      /** Milliseconds baked before `since`: a pause does not count as baking. */
      readonly baked: number;
      readonly measured: Measured;
    };

/** The endings of a rollout that was admitted. */
export type Ending = "promoted" | "rolled-back" | "stopped";

/** Where an admitted rollout is. */
export type Phase =
  | Held
  | {
      readonly type: "paused";
      readonly since: Instant;
      readonly by?: string;
      readonly why?: string;
      readonly held: Held;
    }
  | { readonly type: "promoting"; readonly reason: string; readonly shifted: boolean }
  | { readonly type: "rolling-back"; readonly reason: string; readonly restored: boolean }
  | { readonly type: "stopping"; readonly reason: string }
  | { readonly type: "settled"; readonly ending: Ending; readonly outcome: Outcome };

/** What was seen of the two arms so far. */
export interface Watch {
  /** Every minute up to and with this one is closed. */
  readonly closedThrough: Minute;
  readonly regression: RegressionState;
  readonly counts: ArmCounts;
  readonly missingMinutes: number;
}

/** A rollout that holds, or held, the lock of its service. */
export interface Admitted {
  readonly status: "admitted";
  readonly id: string;
  readonly service: Named;
  readonly candidate: Named;
  readonly stable: Named;
  readonly strategy: Strategy;
  readonly alpha: number;
  readonly regression: RegressionPlan;
  /** What an adaptive rollout is going to do and how far it has come; null before it is planned, and for other strategies. */
  readonly adaptive: { readonly plan: AdaptivePlan; readonly progress: AdaptiveProgress } | null;
  readonly actions: readonly Forwarding[];
  readonly startedAt: Instant;
  readonly requestedBy?: string;
  readonly reason?: string;
  /** The weight last written; null while the actions are as they were found. */
  readonly written: Weight | null;
  readonly phase: Phase;
  readonly watch: Watch;
}

/** The state of a rollout: the fold of its history. */
export type Rollout =
  | { readonly status: "unknown" }
  | { readonly status: "refused"; readonly refusal: RolloutRefused }
  | Admitted;
