import { AwsError } from "../../aws-error.ts";
import { resourceProblem } from "../integrations/resource.ts";
import { isObject, type Json } from "../json.ts";
import { everyBranch, type PlacedState, statesOf } from "./every-branch.ts";
import { brokenExpressions } from "./expressions.ts";
import { type Finding, languageOf, misusedLanguage } from "./query-language.ts";
import { schemaFindings } from "./schema-findings.ts";
import { StateMachineDefinition } from "./state-machine-definition.ts";
import { brokenTransitions, missingStart } from "./transitions.ts";

/** Reads the text of a definition. Throws InvalidDefinition, naming every place that is wrong. */
export function parseDefinition(text: string): StateMachineDefinition {
  const raw = parseJson(text);
  const top = isObject(raw) && raw.QueryLanguage === "JSONata" ? "JSONata" : "JSONPath";
  const branches = [...everyBranch(raw)];
  const states = branches.flatMap(statesOf);
  const misused = states.flatMap(({ state, place }) => misusedLanguage(state, language(state, top), place));
  if (misused.length > 0) throw invalid(misused);

  const parsed = StateMachineDefinition.safeParse(raw);
  if (!parsed.success) throw invalid(parsed.error.issues.flatMap(schemaFindings));
  const broken = [
    ...branches.flatMap(missingStart),
    ...states.flatMap(brokenTransitions),
    ...states.flatMap(brokenResource),
    ...states.filter(({ state }) => language(state, top) === "JSONata").flatMap(brokenExpressions),
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

function brokenResource({ state, place }: PlacedState): Finding[] {
  const message = state.Type === "Task" ? resourceProblem(String(state.Resource)) : undefined;
  return message === undefined ? [] : [{ place: `${place}/Resource`, message }];
}
