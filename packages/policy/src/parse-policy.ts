import type { z } from "zod";
import { PolicyDocument } from "./document.ts";
import { shown } from "./one-or-many.ts";

/** A text or value that is no policy. The message names each place: `Statement[1].Effect is "allow"; …`. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";
}

/** Reads a policy from JSON text. Throws PolicyError. */
export function parsePolicy(text: string): PolicyDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new PolicyError(`the policy is not JSON: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
  return readPolicy(value);
}

/** Reads a policy from parsed JSON or YAML. Throws PolicyError. */
export function readPolicy(value: unknown): PolicyDocument {
  const result = PolicyDocument.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const message = result.error.issues.map((issue) => sentence(issue, [])).join("; ");
  throw new PolicyError(message, { cause: result.error });
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

function sentence(issue: Issue, base: Path): string {
  const path = [...base, ...issue.path];
  const place = placeOf(path);
  if (issue.input === undefined && issue.code.startsWith("invalid_")) return `${place} is missing`;
  switch (issue.code) {
    case "invalid_union": {
      const branch = meantBranch(issue.errors);
      if (branch === undefined) return `${place} is ${shown(issue.input)}, which does not belong there`;
      return branch.map((nested) => sentence(nested, path)).join("; ");
    }
    case "unrecognized_keys":
      return `${place} has ${issue.keys.join(", ")}, which no policy has there`;
    case "invalid_value":
      return `${place} is ${shown(issue.input)}; it is ${issue.values.map(String).join(" or ")}`;
    case "invalid_type":
      return `${place} is ${shown(issue.input)}; it is ${article(issue.expected)}`;
    default:
      return `${place} ${issue.message}`;
  }
}

/** The alternative of a union that the value has the right type for. */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return branches.find((issues) =>
    issues.every((issue) => issue.path.length > 0 || !["invalid_type", "invalid_value"].includes(issue.code)),
  );
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}

function placeOf(path: Path): string {
  if (path.length === 0) return "the policy";
  return path.reduce<string>(
    (place, step) =>
      typeof step === "number" ? `${place}[${step}]` : `${place}${place ? "." : ""}${String(step)}`,
    "",
  );
}
