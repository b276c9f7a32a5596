import type { SucceedState } from "../definition/state-machine-definition.ts";
import { conclude } from "../engine/conclude.ts";
import type { Entry, Exit } from "../engine/entry.ts";

export function succeed(state: SucceedState, entry: Entry): Promise<Exit> {
  return conclude(state, entry, entry.input);
}
