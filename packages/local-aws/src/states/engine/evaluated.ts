import { languageOf } from "../definition/query-language.ts";
import { expressionPattern } from "../definition/state-machine-definition.ts";
import { byteLength, type Json } from "../json.ts";
import { EvaluationError, evaluate } from "../jsonata/evaluate.ts";
import { functions } from "../jsonata/functions.ts";
import { contextObject } from "./context-object.ts";
import { dataLimit, type Entry, type Extra, tooLarge } from "./entry.ts";
import { StateFailure } from "./state-failure.ts";
import { record } from "./strand.ts";

/** The value of a template: its expressions evaluated, the rest as it is. Throws States.QueryEvaluationError, recorded. */
export async function evaluated(
  template: Json,
  field: string,
  entry: Entry,
  extra: Extra = {},
): Promise<Json> {
  const { execution } = entry.strand.surroundings;
  if (languageOf(entry.state, execution.revision.definition.QueryLanguage) !== "JSONata") return template;
  const value = await fill(template, field, entry, extra);
  if (byteLength(value) > dataLimit) throw tooLarge(entry);
  return value;
}

/** Like evaluated, for a field that must be of a certain type. */
export async function evaluatedAs<T extends Json>(
  template: Json,
  field: string,
  entry: Entry,
  type: { readonly name: string; readonly is: (value: Json) => value is T },
): Promise<T> {
  const value = await evaluated(template, field, entry);
  if (type.is(value)) return value;
  throw evaluationFailure(
    entry,
    field,
    `${expressionAt(template, field)} returned an unexpected result type. Expected '${type.name}', but was '${typeName(value)}' for value: ${JSON.stringify(value)}`,
  );
}

export const number = { name: "number", is: (value: Json): value is number => typeof value === "number" };
export const boolean = { name: "boolean", is: (value: Json): value is boolean => typeof value === "boolean" };
export const string = { name: "string", is: (value: Json): value is string => typeof value === "string" };
export const array = {
  name: "array",
  is: (value: Json | undefined): value is readonly Json[] => Array.isArray(value),
};

/** Like evaluated, for a field that must be a whole number from `min` to `max`. */
export async function evaluatedInteger(
  template: number | string,
  field: string,
  entry: Entry,
  { min, max }: { readonly min: number; readonly max: number },
): Promise<number> {
  const value = await evaluatedAs(template, field, entry, number);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw evaluationFailure(
    entry,
    field,
    `The ${field} field must be an integer from ${min} to ${max}: ${value}`,
  );
}

/** A States.QueryEvaluationError, which AWS records as an event of its own. */
export function evaluationFailure(
  entry: Entry,
  location: string,
  problem: string,
  cause?: unknown,
): StateFailure {
  const reason = `An error occurred while executing the state '${entry.name}' (entered at the event id #${entry.eventId}). ${problem}`;
  const error = "States.QueryEvaluationError";
  record(entry.strand, {
    type: "EvaluationFailed",
    evaluationFailedEventDetails: { error, cause: reason, location, state: entry.name },
  });
  return new StateFailure(error, reason, { cause });
}

async function fill(template: Json, field: string, entry: Entry, extra: Extra): Promise<Json> {
  if (typeof template === "string") {
    const source = expressionPattern.exec(template)?.[1]?.trim();
    return source === undefined ? template : await expression(source, field, entry, extra);
  }
  if (typeof template !== "object" || template === null) return template;
  if (Array.isArray(template)) {
    const items: Json[] = [];
    for (const [index, inner] of template.entries())
      items.push(await fill(inner, `${field}[${index}]`, entry, extra));
    return items;
  }
  const members: [string, Json][] = [];
  for (const [key, inner] of Object.entries(template))
    members.push([key, await fill(inner, `${field}/${key}`, entry, extra)]);
  return Object.fromEntries(members);
}

async function expression(source: string, field: string, entry: Entry, extra: Extra): Promise<Json> {
  const { platform } = entry.strand.surroundings;
  const { result, errorOutput } = extra;
  try {
    return await evaluate(source, {
      ...functions({ now: platform.clock.now(), random: platform.random, hexId: platform.hexId }),
      ...entry.strand.variables,
      states: { input: entry.input, result, errorOutput, context: contextObject(entry, extra) },
    });
  } catch (problem) {
    if (!(problem instanceof EvaluationError)) throw problem;
    throw evaluationFailure(
      entry,
      field,
      `${expressionAt(`{%${source}%}`, field)} ${problem.message}`,
      problem,
    );
  }
}

function expressionAt(template: Json, field: string): string {
  const source = expressionPattern.exec(String(template))?.[1]?.trim() ?? JSON.stringify(template);
  return `The JSONata expression '${source}' specified for the field '${field}'`;
}

function typeName(value: Json): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
