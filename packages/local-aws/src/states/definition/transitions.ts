import { isObject, type JsonObject } from "../json.ts";
import type { PlacedBranch, PlacedState } from "./every-branch.ts";
import type { Finding } from "./query-language.ts";

/** Where a branch does not say at which of its states it starts. */
export function missingStart({ place, branch, states }: PlacedBranch): Finding[] {
  const start = String(branch.StartAt);
  if (Object.hasOwn(states, start)) return [];
  return [{ place: `${place}/StartAt`, message: `there is no state "${start}" to start at` }];
}

/** Transitions of one state that lead nowhere, and states that neither end nor go on. */
export function brokenTransitions({ state, place, siblings }: PlacedState): Finding[] {
  const found: Finding[] = [];
  const to = (target: unknown, at: string) => {
    if (typeof target === "string" && !Object.hasOwn(siblings, target))
      found.push({ place: at, message: `there is no state "${target}" to go to` });
  };
  to(state.Next, `${place}/Next`);
  to(state.Default, `${place}/Default`);
  for (const field of ["Choices", "Catch"])
    for (const [index, rule] of rules(state, field).entries())
      to(rule.Next, `${place}/${field}[${index}]/Next`);

  if (continues.includes(String(state.Type)) && (state.Next !== undefined) === (state.End === true))
    found.push({ place, message: 'a state needs either "Next" or "End": true' });
  if (state.Type === "Wait" && (state.Seconds !== undefined) === (state.Timestamp !== undefined))
    found.push({ place, message: 'a Wait needs either "Seconds" or "Timestamp"' });
  if (state.Type === "Map" && (state.ItemProcessor !== undefined) === (state.Iterator !== undefined))
    found.push({ place, message: 'a Map needs an "ItemProcessor"' });
  return found;
}

const continues = ["Task", "Pass", "Wait", "Map", "Parallel"];

function rules(state: JsonObject, field: string): JsonObject[] {
  const value = state[field];
  return Array.isArray(value) ? value.filter(isObject) : [];
}
