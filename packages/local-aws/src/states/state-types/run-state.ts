import type { Entry, Exit } from "../engine/entry.ts";
import { choice } from "./choice.ts";
import { fail } from "./fail.ts";
import { map } from "./map.ts";
import { parallel } from "./parallel.ts";
import { pass } from "./pass.ts";
import { succeed } from "./succeed.ts";
import { task } from "./task.ts";
import { wait } from "./wait.ts";

/** Does what a state does, once it has been entered. Throws StateFailure. */
export function runState(entry: Entry): Promise<Exit> {
  const { state } = entry;
  switch (state.Type) {
    case "Choice":
      return choice(state, entry);
    case "Fail":
      return fail(state, entry);
    case "Map":
      return map(state, entry);
    case "Parallel":
      return parallel(state, entry);
    case "Pass":
      return pass(state, entry);
    case "Succeed":
      return succeed(state, entry);
    case "Task":
      return task(state, entry);
    case "Wait":
      return wait(state, entry);
  }
}
