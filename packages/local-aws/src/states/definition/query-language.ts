import { isObject, type Json, type JsonObject } from "../json.ts";

const jsonPathOnly = ["InputPath", "OutputPath", "ResultPath", "Parameters", "ResultSelector", "ItemsPath"];
const jsonPathVariants = /(?:Seconds|Timestamp|Error|Cause|MaxConcurrency|Count|Percentage)Path$/;
const jsonataOnly = ["Arguments", "Output", "Items"];

/** A place in a definition and what is wrong with it there. */
export interface Finding {
  readonly place: string;
  readonly message: string;
}

/** The language that a state is written in. States of a branch do not inherit from the state around it, only from the top. */
export function languageOf(state: { readonly QueryLanguage?: string | undefined }, top: string): string {
  return state.QueryLanguage ?? top;
}

/**
 * Where a state needs JSONPath, which this engine does not run, or uses JSONata without saying so. A state that needs
 * neither language (a plain Pass, a Wait of 60 seconds) is the same in both and passes.
 */
export function misusedLanguage(state: JsonObject, language: string, place: string): Finding[] {
  const refuse = (field: string, message: string) => ({ place: `${place}/${field}`, message });
  if (language === "JSONata")
    return state.Type === "Pass" && "Result" in state
      ? [refuse("Result", "Result is not supported in JSONata states: use Output")]
      : [];

  const needsPath = (field: string) => jsonPathOnly.includes(field) || jsonPathVariants.test(field);
  const found = Object.keys(state).flatMap((field) => {
    if (needsPath(field)) return [refuse(field, refusal(field))];
    if (jsonataOnly.includes(field)) return [refuse(field, `${field} needs "QueryLanguage": "JSONata"`)];
    return [];
  });
  if (state.Type === "Choice") found.push(refuse("Choices", refusal("a Choice")));
  const path = pathKey(state.Assign);
  return path === undefined ? found : [...found, refuse("Assign", refusal(path))];
}

const refusal = (what: string) =>
  `${what} is JSONPath, which this engine does not run: write the state with "QueryLanguage": "JSONata"`;

function pathKey(template: Json | undefined): string | undefined {
  if (!isObject(template)) return undefined;
  for (const [key, value] of Object.entries(template)) {
    if (key.endsWith(".$")) return key;
    const inner = pathKey(value);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
