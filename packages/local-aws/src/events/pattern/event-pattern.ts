import { consistent } from "./consistent.ts";
import { type Fields, flatten } from "./flatten.ts";
import { isObject, type JsonObject } from "./json.ts";
import { type Matcher, parseMatchers } from "./matcher.ts";
import { refusePattern } from "./refuse-pattern.ts";

export interface EventPattern {
  readonly matches: (event: JsonObject) => boolean;
}

/** Reads a pattern from its JSON text. Throws the AwsError that PutRule answers to one it refuses. */
export function parseEventPattern(text: string): EventPattern {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    return refusePattern(cause instanceof Error ? cause.message : "Filter is not valid JSON");
  }
  if (!isObject(document)) return refusePattern("Filter is not an object");
  const branches = parseObject(document, []);
  return {
    matches(event) {
      const fields = flatten(event);
      return branches.some((branch) => branchMatches(branch, fields));
    },
  };
}

interface Condition {
  readonly path: string;
  readonly matchers: readonly Matcher[];
}

/** All of its conditions have to hold; a pattern with `$or` has several branches. */
type Branch = readonly Condition[];

/** AWS's limit on the combinations that a pattern's `$or`s make. */
const mostBranches = 1000;

function parseObject(object: JsonObject, path: readonly string[]): readonly Branch[] {
  const entries = Object.entries(object);
  if (entries.length === 0) return refusePattern("Empty objects are not allowed");
  return entries.reduce<readonly Branch[]>(
    (branches, [name, value]) => {
      const alternatives = name === "$or" ? parseOr(value, path) : parseField(name, value, path);
      if (branches.length * alternatives.length > mostBranches) {
        return refusePattern(`Rule has more than ${mostBranches} combinations of $or`);
      }
      return branches.flatMap((branch) => alternatives.map((alternative) => [...branch, ...alternative]));
    },
    [[]],
  );
}

function parseOr(value: unknown, path: readonly string[]): readonly Branch[] {
  if (!Array.isArray(value)) return refusePattern("It must be an Array followed with $or.");
  if (!value.every(isObject)) {
    return refusePattern("Only JSON object is allowed in array of $or relationship.");
  }
  if (value.length < 2) return refusePattern("There must have at least 2 Objects in $or relationship.");
  return value.flatMap((alternative) => parseObject(alternative, path));
}

function parseField(name: string, value: unknown, path: readonly string[]): readonly Branch[] {
  const inner = [...path, name];
  if (isObject(value)) return parseObject(value, inner);
  if (Array.isArray(value)) return [[{ path: inner.join("."), matchers: parseMatchers(value) }]];
  return refusePattern(`"${name}" must be an object or an array`);
}

function branchMatches(branch: Branch, fields: Fields): boolean {
  const candidates = [];
  for (const { path, matchers } of branch) {
    const present = fields.get(path);
    if (present === undefined) {
      if (!matchers.some(({ type }) => type === "absent")) return false;
      continue;
    }
    const matching = present.filter(({ value }) =>
      matchers.some((matcher) => matcher.type === "value" && matcher.test(value)),
    );
    if (matching.length === 0) return false;
    candidates.push(matching.map(({ place }) => place));
  }
  return consistent(candidates);
}
