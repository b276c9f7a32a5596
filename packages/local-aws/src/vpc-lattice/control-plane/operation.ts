import type { z } from "zod";
import type { Call, Permission } from "../../platform.ts";
import { invalid } from "./errors.ts";
import type { LatticeOperation } from "./reach.ts";

interface Definition<I, O> {
  permissions(input: I, call: Call): readonly Permission[];
  /** The ARNs that it is about, where its permissions do not name them. */
  subjects?(input: I, call: Call): readonly string[];
  run(input: I, call: Call): O | Promise<O>;
}

/** An operation whose input is checked against `shape`, once a call, before anything else looks at it. */
export function operation<S extends z.ZodType, O>(
  shape: S,
  { permissions, subjects, run }: Definition<z.output<S>, O>,
): LatticeOperation {
  const parsed = new WeakMap<object, z.output<S>>();
  const parse = (input: object): z.output<S> => {
    const known = parsed.get(input);
    if (known !== undefined) return known;
    const output = parseInput(shape, input);
    parsed.set(input, output);
    return output;
  };
  return {
    permissions: (input, call) => permissions(parse(input), call),
    ...(subjects && { subjects: (input: object, call: Call) => subjects(parse(input), call) }),
    run: (input, call) => run(parse(input), call),
  };
}

function parseInput<S extends z.ZodType>(shape: S, input: object): z.output<S> {
  const result = shape.safeParse(input);
  if (result.success) return result.data;
  throw invalid(
    ...result.error.issues.map((issue) => ({
      name: fieldName(issue.path),
      message: isAbsent(input, issue.path) ? "Member must not be null" : issue.message,
    })),
  );
}

function isAbsent(input: object, path: readonly PropertyKey[]): boolean {
  const value = path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown>)?.[part], input);
  return path.length > 0 && (value === undefined || value === null);
}

/** `targets[1].port`. */
function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>((name, part) => {
    if (typeof part === "number") return `${name}[${part}]`;
    return name === "" ? String(part) : `${name}.${String(part)}`;
  }, "");
}
