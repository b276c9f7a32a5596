import type { z } from "zod";
import { AwsError } from "../../aws-error.ts";
import { resourceProblem } from "../integrations/resource.ts";
import { isObject, type Json } from "../json.ts";
import { syntaxProblem } from "../jsonata/evaluate.ts";
import { everyState, type PlacedState } from "./every-state.ts";
import { type Finding, languageOf, misusedLanguage } from "./query-language.ts";
import { expressionPattern, StateMachineDefinition } from "./state-machine-definition.ts";
import { brokenTransitions } from "./transitions.ts";

/** Reads the text of a definition. Throws InvalidDefinition, naming every place that is wrong. */
export function parseDefinition(text: string): StateMachineDefinition {
  const raw = parseJson(text);
  const top = isObject(raw) && raw.QueryLanguage === "JSONata" ? "JSONata" : "JSONPath";
  const states = [...everyState(raw)];
  const misused = states.flatMap(({ state, place }) => misusedLanguage(state, language(state, top), place));
  if (misused.length > 0) throw invalid(misused);

  const parsed = StateMachineDefinition.safeParse(raw);
  if (!parsed.success) throw invalid(parsed.error.issues.flatMap(findings));
  const broken = [
    ...missingStarts(raw),
    ...states.flatMap(brokenTransitions),
    ...states.flatMap(brokenResource),
    ...states
      .filter(({ state }) => language(state, top) === "JSONata")
      .flatMap(({ state, place }) => brokenExpressions(withoutStates(state), place)),
  ];
  if (broken.length > 0) throw invalid(broken);
  return parsed.data;
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid([{ place: "/", message: `not JSON: ${cause instanceof Error ? cause.message : cause}` }]);
  }
}

function invalid(found: readonly Finding[]): AwsError {
  const text = found
    .map(({ place, message }) => `SCHEMA_VALIDATION_FAILED: ${message} at ${place}`)
    .join(", ");
  return new AwsError("InvalidDefinition", `Invalid State Machine Definition: '${text}'`);
}

const language = (state: PlacedState["state"], top: string) =>
  languageOf(typeof state.QueryLanguage === "string" ? { QueryLanguage: state.QueryLanguage } : {}, top);

/** The findings of an issue of zod; for a union, those of the branch that fits best. */
function findings(issue: z.core.$ZodIssue): Finding[] {
  const place = `/${issue.path.map(String).join("/")}`;
  const branches = issue.code === "invalid_union" ? issue.errors : [];
  const closest = branches.toSorted((a, b) => a.length - b.length)[0];
  if (closest === undefined || closest.length === 0) return [{ place, message: issue.message }];
  return closest.map((inner) => ({
    place: [place, ...inner.path.map(String)].join("/"),
    message: inner.message,
  }));
}

function missingStarts(branch: Json | undefined, place = ""): Finding[] {
  if (!isObject(branch) || !isObject(branch.States)) return [];
  const start = String(branch.StartAt);
  const here = Object.hasOwn(branch.States, start)
    ? []
    : [{ place: `${place}/StartAt`, message: `there is no state "${start}" to start at` }];
  const inner = Object.entries(branch.States).flatMap(([name, state]) => {
    if (!isObject(state)) return [];
    const at = `${place}/States/${name}`;
    const branches = Array.isArray(state.Branches) ? state.Branches : [];
    return [
      ...missingStarts(state.ItemProcessor ?? state.Iterator, `${at}/ItemProcessor`),
      ...branches.flatMap((each, index) => missingStarts(each, `${at}/Branches[${index}]`)),
    ];
  });
  return [...here, ...inner];
}

function brokenResource({ state, place }: PlacedState): Finding[] {
  const message = state.Type === "Task" ? resourceProblem(String(state.Resource)) : undefined;
  return message === undefined ? [] : [{ place: `${place}/Resource`, message }];
}

function brokenExpressions(value: Json, place: string): Finding[] {
  if (typeof value === "string") {
    const source = expressionPattern.exec(value)?.[1];
    const message = source === undefined ? undefined : syntaxProblem(source);
    return message === undefined ? [] : [{ place, message }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => brokenExpressions(inner, `${place}/${key}`));
}

/** A state without the states inside it, which are looked at by themselves. */
function withoutStates({
  Branches: _,
  ItemProcessor: __,
  Iterator: ___,
  ...own
}: PlacedState["state"]): Json {
  return own;
}
