import type * as z from "zod";

/**
 * What is wrong with a document, a sentence each: the field, what was given and what would do. `prefix` names the document
 * (a file) where there is one: `rollout.yaml: strategy.steps[1].weight is 120; a weight is a whole number from 0 to 100`.
 */
export function describeIssues(prefix: string, error: z.ZodError, input: unknown): string[] {
  const before = prefix === "" ? "" : `${prefix}: `;
  return error.issues.flatMap((issue) => describe(issue, input)).map((sentence) => before + sentence);
}

/** The error option of a strict object, so that a field it does not know is answered with those it does. */
export function wantedFields(what: string, shape: Record<string, unknown>): { error: string } {
  return { error: `${what} has the fields ${Object.keys(shape).join(", ")}` };
}

function describe(issue: z.core.$ZodIssue, input: unknown): string[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `${at([...issue.path, key])} is not known; ${issue.message}`);
  }
  const nearest = issue.code === "invalid_union" ? nearestBranch(issue) : undefined;
  if (nearest !== undefined) return nearest.flatMap((one) => describe(one, input));
  const value = valueAt(input, issue.path);
  const given = value === undefined ? "is missing" : `is ${show(value)}`;
  return [`${issue.path.length === 0 ? "the document" : at(issue.path)} ${given}; ${issue.message}`];
}

/** What is wrong by the kind that was meant, where the fields tell which: the one that knows them all. */
function nearestBranch({ errors, path }: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue[] | undefined {
  const own = (issue: z.core.$ZodIssue) => issue.path.length === 0;
  const meant = errors.filter((issues) => !issues.some(own));
  const [nearest, ...others] = meant.sort((one, other) => one.length - other.length);
  if (nearest === undefined || others.some(({ length }) => length === nearest.length)) return undefined;
  return nearest.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
}

function at(path: readonly PropertyKey[]): string {
  return path
    .map((key, k) => (typeof key === "number" ? `[${key}]` : k === 0 ? String(key) : `.${String(key)}`))
    .join("");
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  }
  return value;
}

const SHOWN = 60;

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
