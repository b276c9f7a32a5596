import { setImmediate } from "node:timers/promises";
import type { Branch, State } from "../definition/state-machine-definition.ts";
import { byteLength, type Json } from "../json.ts";
import { runState } from "../state-types/run-state.ts";
import { dataLimit, type Entry, type Exit, tooLarge } from "./entry.ts";
import type { Mark } from "./mark.ts";
import { record, type Strand } from "./strand.ts";

/** Runs a branch from its first state to its end and answers its output. Throws StateFailure. */
export async function runStates(branch: Branch, input: Json, strand: Strand): Promise<Json> {
  const past = strand.progress?.past;
  if (past?.type === "left" && past.next === undefined) return past.output;
  let entry = firstEntry(branch, input, strand);
  while (true) {
    const { output, next } = await leave(entry);
    // A loop of states that never wait must not keep the process from everything else.
    await setImmediate();
    if (next === undefined) return output;
    entry = enter(next, branch, output, strand);
  }
}

/** Where the strand goes on: in the state that the process before was in, if there was one. */
function firstEntry(branch: Branch, input: Json, strand: Strand): Entry {
  const past = strand.progress?.past;
  if (past?.type === "entered") return enteredBefore(past, branch, strand);
  if (past?.type === "left" && past.next !== undefined) return enter(past.next, branch, past.output, strand);
  return enter(branch.StartAt, branch, input, strand);
}

function stateOf(branch: Branch, name: string): State {
  const state = branch.States[name];
  if (state === undefined) throw new Error(`parseDefinition let a transition to "${name}" through`);
  return state;
}

function enter(name: string, branch: Branch, input: Json, strand: Strand): Entry {
  const state = stateOf(branch, name);
  const eventId = record(strand, {
    type: `${state.Type}StateEntered`,
    stateEnteredEventDetails: { name, input: JSON.stringify(input), inputDetails: { truncated: false } },
  });
  const enteredAt = strand.surroundings.platform.clock.now();
  const tries = { retryCount: 0, used: [] };
  const { variables } = strand;
  strand.progress?.mark({
    type: "entered",
    name,
    input,
    variables,
    eventId,
    enteredAt,
    tries,
    doing: undefined,
  });
  return { state, name, input, strand, eventId, enteredAt, tries, past: undefined };
}

/** A state that the process before had entered and not left. */
function enteredBefore(mark: Extract<Mark, { type: "entered" }>, branch: Branch, strand: Strand): Entry {
  const state = stateOf(branch, mark.name);
  const { name, input, eventId, enteredAt, tries, doing } = mark;
  return { state, name, input, strand, eventId, enteredAt, tries, past: doing };
}

async function leave(entry: Entry): Promise<Exit> {
  const { state, strand } = entry;
  const exit = await runState(entry);
  const { output, next, assigned } = exit;
  if (byteLength(output) > dataLimit) throw tooLarge(entry);
  if (state.Type !== "Fail") recordExit(entry, state.Type, exit);
  strand.variables = { ...strand.variables, ...assigned };
  strand.progress?.mark({ type: "left", next, output, variables: strand.variables });
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
