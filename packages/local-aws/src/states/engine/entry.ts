import type { State } from "../definition/state-machine-definition.ts";
import type { Json, JsonObject } from "../json.ts";
import type { Doing, DoingOf, Tries } from "./mark.ts";
import { StateFailure } from "./state-failure.ts";
import type { Strand } from "./strand.ts";

/** A state that has been entered. */
export interface Entry {
  readonly state: State;
  readonly name: string;
  readonly input: Json;
  readonly strand: Strand;
  /** The id of its StateEntered event, which AWS names in causes. */
  readonly eventId: number;
  /** AWS time, milliseconds since the epoch. */
  readonly enteredAt: number;
  tries: Tries;
  /** What it was doing when the process before ended, until it is taken up. */
  past: Doing | undefined;
}

/** What the state was doing when the process before ended, if it was this; answered once. */
export function takeUp<Type extends Doing["type"]>(
  entry: Entry,
  ...types: readonly Type[]
): DoingOf<Type> | undefined {
  const { past } = entry;
  if (past === undefined || !types.some((type) => type === past.type)) return undefined;
  entry.past = undefined;
  return past as DoingOf<Type>;
}

/** Writes down what the state does from now on, where anything outlives the process. */
export function nowDoing({ strand, tries }: Entry, doing: Doing): void {
  strand.progress?.doing(doing, tries);
}

/** What `$states` holds besides the input, in the fields where AWS binds it. */
export interface Extra {
  readonly result?: Json;
  readonly errorOutput?: Json;
  readonly taskToken?: string | undefined;
}

export const dataLimit = 256 * 1024;

/** How a state leaves: with what, and where to; to nowhere ends its branch. */
export interface Exit {
  readonly output: Json;
  readonly assigned: JsonObject;
  readonly next: string | undefined;
}

export function tooLarge({ name }: Entry): StateFailure {
  return new StateFailure(
    "States.DataLimitExceeded",
    `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}
