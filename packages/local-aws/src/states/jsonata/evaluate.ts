import jsonata from "jsonata";
import type { Json } from "../json.ts";

/** What an expression sees: the values and functions by name, without their `$`. */
export type Bindings = Readonly<Record<string, unknown>>;

/** Why an expression has no value that JSON can say; the message continues "The JSONata expression '…' …". */
export class EvaluationError extends Error {
  override readonly name = "EvaluationError";
}

/** An expression that loops is stopped after 5 s of wall time or 500 nested calls; AWS has such limits too. */
const limits: jsonata.JsonataOptions = { timeout: 5000, stack: 500 };

/** The value of one JSONata expression. Throws EvaluationError. */
export async function evaluate(source: string, bindings: Bindings): Promise<Json> {
  let value: unknown;
  try {
    value = await compiled(source).evaluate(undefined, bindings);
  } catch (cause) {
    throw new EvaluationError(`threw an error during evaluation. ${describe(cause)}`, { cause });
  }
  if (value === undefined) throw new EvaluationError("returned nothing (undefined).");
  if (holdsFunction(value)) throw new EvaluationError("returned an unsupported result type.");
  return JSON.parse(JSON.stringify(value));
}

/** Why a text is not JSONata; undefined if it is. */
export function syntaxProblem(source: string): string | undefined {
  try {
    compiled(source);
    return undefined;
  } catch (problem) {
    return `not a JSONata expression: ${describe(problem)}`;
  }
}

const expressions = new Map<string, jsonata.Expression>();
const mostExpressions = 2000;

function compiled(source: string): jsonata.Expression {
  const known = expressions.get(source);
  if (known !== undefined) return known;
  const expression = jsonata(source, limits);
  if (expressions.size >= mostExpressions) expressions.clear();
  expressions.set(source, expression);
  return expression;
}

/** jsonata throws objects that are no Errors. */
function describe(problem: unknown): string {
  if (typeof problem !== "object" || problem === null) return String(problem);
  const { code, message } = problem as { code?: unknown; message?: unknown };
  return code === undefined ? String(message) : `${code}: ${message}`;
}

function holdsFunction(value: unknown): boolean {
  if (typeof value === "function") return true;
  if (typeof value !== "object" || value === null) return false;
  if ("_jsonata_function" in value || "_jsonata_lambda" in value) return true;
  return Object.values(value).some(holdsFunction);
}
