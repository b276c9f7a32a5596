import { isObject, type Json, type JsonObject } from "../json.ts";

/** One state of a definition that may still be malformed, where it stands, and the states it can go to. */
export interface PlacedState {
  readonly place: string;
  readonly state: JsonObject;
  readonly siblings: JsonObject;
}

/** Every state, those of Parallel branches and Map processors included, with places such as `/States/Retry`. */
export function* everyState(branch: Json | undefined, place = ""): Generator<PlacedState> {
  if (!isObject(branch) || !isObject(branch.States)) return;
  for (const [name, state] of Object.entries(branch.States)) {
    if (!isObject(state)) continue;
    const here = `${place}/States/${name}`;
    yield { place: here, state, siblings: branch.States };
    yield* everyState(state.ItemProcessor, `${here}/ItemProcessor`);
    yield* everyState(state.Iterator, `${here}/Iterator`);
    if (!Array.isArray(state.Branches)) continue;
    for (const [index, inner] of state.Branches.entries())
      yield* everyState(inner, `${here}/Branches[${index}]`);
  }
}
