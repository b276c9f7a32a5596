import type { Json } from "../json.ts";
import { syntaxProblem } from "../jsonata/evaluate.ts";
import type { PlacedState } from "./every-branch.ts";
import type { Finding } from "./query-language.ts";
import { expressionPattern } from "./state-machine-definition.ts";

/** The expressions of a JSONata state that are not JSONata. */
export function brokenExpressions({ state, place }: PlacedState): Finding[] {
  // The states inside this one are looked at by themselves.
  const { Branches: _, ItemProcessor: __, Iterator: ___, ...own } = state;
  return within(own, place);
}

function within(value: Json, place: string): Finding[] {
  if (typeof value === "string") {
    const source = expressionPattern.exec(value)?.[1];
    const message = source === undefined ? undefined : syntaxProblem(source);
    return message === undefined ? [] : [{ place, message }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => within(inner, `${place}/${key}`));
}
