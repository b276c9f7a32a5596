import type { ArmCounts, ComparisonState, Minute } from "@espalier/evidence";
import type { RampStep } from "./adaptive/ramp.ts";
import type { AlarmState } from "./command.ts";
import type { Forwarding } from "./forwarding.ts";
import type { Frozen } from "./frozen.ts";
import type { Instant } from "./instant.ts";
import type { Level } from "./level.ts";
import type { Measured } from "./measured.ts";
import type { RolloutPlan } from "./plan/rollout-plan.ts";
import type { HookAnswer, HookPoint } from "./request/hook.ts";
import type { RolloutRequest } from "./request/rollout-request.ts";
import type { Named, Outcome, RolloutQueued, RolloutRefused } from "./rollout-event.ts";
import type { Match } from "./strategy/match.ts";
import type { Weight } from "./weight.ts";

/** Hooks that are being asked, one after the other. */
export interface Asking {
  readonly point: HookPoint;
  readonly step: number;
  /** Which of the hooks at this point. */
  readonly index: number;
  /** When that one was first called. */
  readonly since: Instant;
  /** The number of the present call, counted over the whole rollout. */
  readonly attempt: number;
  /** The answer to the present call; null while it is awaited. */
  readonly answered: (HookAnswer & { readonly at: Instant }) | null;
}

/** A phase that can be paused, and that goes on where it was. */
export type Held =
  | { readonly type: "starting" }
  /** Before the step of this number, or before the end if there are no more; `asked` says that the hooks before the end have been. */
  | {
      readonly type: "entering";
      readonly step: number;
      readonly since: Instant;
      readonly asked: boolean;
      /** What there is to say of the step before. */
      readonly note?: string;
    }
  | {
      readonly type: "shifting";
      readonly step: number;
      readonly to: Weight;
      readonly match: Match | null;
      readonly since: Instant;
    }
  | {
      readonly type: "baking";
      readonly step: number;
      readonly since: Instant;
      /** Milliseconds baked before `since`: a pause does not count as baking. */
      readonly baked: number;
      readonly measured: Measured;
    }
  | { readonly type: "certifying"; readonly step: number; readonly since: Instant }
  | ({ readonly type: "asking" } & Asking)
  | { readonly type: "approving"; readonly step: number; readonly since: Instant }
  /** Everything that this step wants has been done. */
  | { readonly type: "passed"; readonly step: number; readonly since: Instant };

/** The endings of a rollout that was admitted. */
export type Ending = "promoted" | "rolled-back" | "stopped" | "shifted" | "shifted-back";

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
  | {
      readonly type: "promoting";
      readonly reason: string;
      readonly since: Instant;
      readonly shifted: boolean;
    }
  /** The weights stay as they are. */
  | { readonly type: "staying"; readonly reason: string }
  /** The recorded weights are put back, as was asked for. */
  | { readonly type: "returning"; readonly reason: string; readonly restored: boolean }
  | {
      readonly type: "rolling-back";
      readonly reason: string;
      readonly restored: boolean;
      readonly asking: Asking | null;
    }
  | { readonly type: "stopping"; readonly reason: string }
  | { readonly type: "settled"; readonly ending: Ending; readonly outcome: Outcome };

/** What was seen of the two arms so far. */
export interface Watch {
  /** Every minute up to and with this one is closed. */
  readonly closedThrough: Minute;
  readonly counts: ArmCounts;
  readonly missingMinutes: number;
  /** The requests that the candidate should have had, by its share, in minutes that were silent about it. */
  readonly owed: number;
}

/** What is compared, and how far it has come. `ramp` is the last step of an adaptive rollout, null for the others. */
export interface Judging {
  readonly plan: RolloutPlan;
  readonly comparison: ComparisonState;
  readonly ramp: RampStep | null;
}

/** Why the share may not grow now, and until when at least; null until somebody says so. */
export interface Gate {
  readonly reason: string;
  readonly until: Instant | null;
  readonly since: Instant;
}

/** The last value of a threshold metric, and for how many minutes in a row it has been out of bounds. */
export interface LevelSeen extends Level {
  readonly outOfBounds: number;
}

/** What is done about weights that somebody else wrote. */
export interface Drift {
  /** The own weights that were found and adopted, until the next shift writes over them. */
  readonly adopted: readonly Forwarding[];
  /** Whether the next shift writes over what it finds. */
  readonly overrule: boolean;
  /** How often it was. */
  readonly overruled: number;
  /** Whether it was adopted that the share observed is another one, until the next shift. */
  readonly accepted: boolean;
}

/** A rollout that holds, or held, the lock of its service. */
export interface Admitted {
  readonly status: "admitted";
  readonly id: string;
  readonly request: RolloutRequest;
  readonly service: Named;
  readonly candidate: Named;
  readonly stable: Named;
  /** The promoted rollout that this one takes back. */
  readonly undoes?: string;
  /** Whether the candidate's group was made for this rollout. */
  readonly made: boolean;
  /** The actions as they were found, with those that were adopted since. */
  readonly actions: readonly Forwarding[];
  readonly startedAt: Instant;
  readonly requestedBy?: string;
  readonly reason?: string;
  /** Null before the rollout is planned, on its first look. */
  readonly judging: Judging | null;
  /** The weight last written; null while the actions are as they were found. */
  readonly written: Weight | null;
  readonly writtenAt: Instant | null;
  /** The requests that a rule sends to the candidate. */
  readonly matched: Match | null;
  /** How many shifts were asked for, which numbers them. */
  readonly orders: number;
  /** How many calls of hooks were asked for, which numbers them. */
  readonly calls: number;
  readonly phase: Phase;
  readonly watch: Watch;
  readonly gate: Gate | null;
  readonly frozen: Frozen | null;
  readonly unreadable: { readonly since: Instant; readonly reason: string } | null;
  readonly levels: Readonly<Record<string, LevelSeen>>;
  /** The state of each alarm that was last noted. */
  readonly alarms: Readonly<Record<string, AlarmState["state"]>>;
  readonly drift: Drift;
  /** The minutes in a row whose share contradicts the weight. */
  readonly contradicted: readonly Minute[];
  readonly warnings: readonly string[];
}

/** The state of a rollout: the fold of its history. */
export type Rollout =
  | { readonly status: "unknown" }
  | { readonly status: "refused"; readonly refusal: RolloutRefused }
  | { readonly status: "queued"; readonly queued: RolloutQueued }
  | Admitted;
