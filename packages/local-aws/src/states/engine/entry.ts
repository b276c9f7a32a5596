import type { State } from "../definition/state-machine-definition.ts";
import type { Json, JsonObject } from "../json.ts";
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
  retryCount: number;
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
