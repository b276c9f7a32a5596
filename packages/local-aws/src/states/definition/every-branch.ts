import { isObject, type Json, type JsonObject } from "../json.ts";

/** The states that stand side by side at one place of a definition, which may still be malformed. */
export interface PlacedBranch {
  /** `/States/Each/ItemProcessor`; empty for the whole. */
  readonly place: string;
  readonly branch: JsonObject;
  readonly states: JsonObject;
}

/** One state, where it stands, and the states it can go to. */
export interface PlacedState {
  readonly place: string;
  readonly state: JsonObject;
  readonly siblings: JsonObject;
}

/** The whole definition, then every Parallel branch and Map processor in it. */
export function* everyBranch(branch: Json | undefined, place = ""): Generator<PlacedBranch> {
  if (!isObject(branch) || !isObject(branch.States)) return;
  yield { place, branch, states: branch.States };
  for (const { place: at, state } of statesOf({ place, branch, states: branch.States })) {
    yield* everyBranch(state.ItemProcessor, `${at}/ItemProcessor`);
    yield* everyBranch(state.Iterator, `${at}/Iterator`);
    if (!Array.isArray(state.Branches)) continue;
    for (const [index, inner] of state.Branches.entries())
      yield* everyBranch(inner, `${at}/Branches[${index}]`);
  }
}

export function statesOf({ place, states }: PlacedBranch): PlacedState[] {
  return Object.entries(states).flatMap(([name, state]) =>
    isObject(state) ? [{ place: `${place}/States/${name}`, state, siblings: states }] : [],
  );
}
