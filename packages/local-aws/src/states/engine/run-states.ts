import { setImmediate } from "node:timers/promises";
import type { Branch, State } from "../definition/state-machine-definition.ts";
import { byteLength, type Json } from "../json.ts";
import { runState } from "../state-types/run-state.ts";
import { dataLimit, type Entry, type Exit, tooLarge } from "./entry.ts";
import { record, type Strand } from "./strand.ts";

/** Runs a branch from its first state to its end and answers its output. Throws StateFailure. */
export async function runStates(branch: Branch, input: Json, strand: Strand): Promise<Json> {
  let name: string | undefined = branch.StartAt;
  let value = input;
  while (name !== undefined) {
    const exit: Exit = await pass(name, stateOf(branch, name), value, strand);
    value = exit.output;
    name = exit.next;
    // A loop of states that never wait must not keep the process from everything else.
    await setImmediate();
  }
  return value;
}

function stateOf(branch: Branch, name: string): State {
  const state = branch.States[name];
  if (state === undefined) throw new Error(`parseDefinition let a transition to "${name}" through`);
  return state;
}

async function pass(name: string, state: State, input: Json, strand: Strand): Promise<Exit> {
  const eventId = record(strand, {
    type: `${state.Type}StateEntered`,
    stateEnteredEventDetails: { name, input: JSON.stringify(input), inputDetails: { truncated: false } },
  });
  const enteredAt = strand.surroundings.platform.clock.now();
  const entry: Entry = { state, name, input, strand, eventId, enteredAt, retryCount: 0 };
  const exit = await runState(entry);
  if (byteLength(exit.output) > dataLimit) throw tooLarge(entry);
  if (state.Type !== "Fail") recordExit(entry, state.Type, exit);
  strand.variables = { ...strand.variables, ...exit.assigned };
  return exit;
}

function recordExit({ name, strand }: Entry, type: Exclude<State["Type"], "Fail">, exit: Exit): void {
  const assigned = Object.entries(exit.assigned).map(([key, value]) => [key, JSON.stringify(value)]);
  record(strand, {
    type: `${type}StateExited`,
    stateExitedEventDetails: {
      name,
      output: JSON.stringify(exit.output),
      outputDetails: { truncated: false },
      ...(assigned.length === 0
        ? {}
        : {
            assignedVariables: Object.fromEntries(assigned),
            assignedVariablesDetails: { truncated: false },
          }),
    },
  });
}
