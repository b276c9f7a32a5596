import type { Clock } from "../../clock/clock.ts";
import type { Caller, Platform } from "../../platform.ts";
import type { TaskTokens } from "../integrations/task-tokens.ts";
import type { Json, JsonObject } from "../json.ts";
import type { Execution } from "./execution.ts";
import type { History, NewEvent } from "./history.ts";
import type { Progress } from "./progress.ts";

/** What all states of one execution share. */
export interface Surroundings {
  readonly platform: Platform;
  /** Time on the wall, for the limits of tasks that run real work. */
  readonly wall: Clock;
  readonly tokens: TaskTokens;
  readonly execution: Execution;
  /** What the execution was started with. */
  readonly input: Json;
  readonly executionOf: (arn: string) => Execution | undefined;
  /** The role of the state machine. Throws AwsError where it cannot be assumed. */
  readonly caller: () => Caller;
}

/** Holds the clock while a strand works. */
interface Attention {
  take(): void;
  release(): void;
}

/** One line of states that runs by itself: the execution's own, a branch of a Parallel, an iteration of a Map. */
export interface Strand {
  readonly surroundings: Surroundings;
  readonly history: History;
  /** Where it writes down how far it is; undefined where nothing outlives the process. */
  readonly progress: Progress | undefined;
  /** Aborted when the strand must stop: the execution ended, or a sibling failed. */
  readonly signal: AbortSignal;
  readonly attention: Attention;
  /** Set inside a Map. */
  readonly item: Json | undefined;
  variables: Readonly<Record<string, Json>>;
  lastEvent: number;
}

/** What a branch takes over from the strand around it; by default it is the execution's own. */
export interface StrandOrigin {
  readonly progress?: Progress | undefined;
  readonly history?: History;
  readonly item?: Json | undefined;
  readonly variables?: Strand["variables"];
  readonly lastEvent?: number;
}

export function createStrand(
  surroundings: Surroundings,
  signal: AbortSignal,
  from: StrandOrigin = {},
): Strand {
  const strand: Strand = {
    surroundings,
    signal,
    history: from.history ?? surroundings.execution.history,
    progress: from.progress,
    attention: createAttention(surroundings.platform.clock),
    item: from.item,
    variables: pastVariables(from.progress) ?? from.variables ?? {},
    lastEvent: from.progress?.lastEvent ?? from.lastEvent ?? 0,
  };
  strand.attention.take();
  return strand;
}

/** Records what the strand does. A strand that must stop says nothing more: this throws the reason instead. */
export function record(strand: Strand, event: NewEvent): number {
  strand.signal.throwIfAborted();
  const { history, progress, surroundings } = strand;
  const added = history.record(event, strand.lastEvent);
  // Iterations of a distributed Map have histories of their own, which nobody can read.
  if (history === surroundings.execution.history) progress?.recorded(added);
  strand.lastEvent = added.id;
  return added.id;
}

function pastVariables(progress: Progress | undefined): JsonObject | undefined {
  const past = progress?.past;
  return past === undefined || past.type === "over" ? undefined : past.variables;
}

function createAttention(clock: Clock): Attention {
  let done: (() => void) | undefined;
  return {
    take() {
      done ??= clock.busy();
    },
    release() {
      done?.();
      done = undefined;
    },
  };
}
