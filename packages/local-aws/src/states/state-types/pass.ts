import type { PassState } from "../definition/state-machine-definition.ts";
import { conclude } from "../engine/conclude.ts";
import type { Entry, Exit } from "../engine/entry.ts";

export function pass(state: PassState, entry: Entry): Promise<Exit> {
  return conclude(state, entry, state.Result === undefined ? entry.input : state.Result);
}
