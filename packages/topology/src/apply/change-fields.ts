import type { Existing } from "../existing.ts";
import type { ReadyChange } from "../plan/change.ts";
import { foldWrite } from "./fold-write.ts";

/** One field that a change gives another value; undefined where there is none before or after. */
export interface ChangedField {
  /** `idleTimeoutSeconds`, `securityGroups`, `defaultAction.forward.targetGroups`. */
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

/**
 * What a change of something that exists changes of it, field by field. Empty for what is created or deleted; who uses a target
 * group follows from the rules that do, and is not told.
 */
export function changeFields(existing: Existing, { verb, write }: ReadyChange): ChangedField[] {
  if (verb !== "update") return [];
  const after = foldWrite(existing, write, { id: "", arn: "", status: "", domainName: "" });
  return differences(existing, after).filter(({ field }) => field !== "usedBy");
}

/** Lists of things that have ids are compared thing by thing, and of those only what is inside is told. */
function differences(from: unknown, to: unknown, field = ""): ChangedField[] {
  if (from === to) return [];
  if (isThings(from) && isThings(to)) {
    const before = new Map(from.map((thing) => [thing.id, thing]));
    return to.flatMap((thing) => (before.has(thing.id) ? differences(before.get(thing.id), thing) : []));
  }
  if (!isPlain(from) || !isPlain(to))
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ field, from, to }];
  const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...keys].flatMap((key) => differences(from[key], to[key], field ? `${field}.${key}` : key));
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isThings = (value: unknown): value is readonly { readonly id: string }[] =>
  Array.isArray(value) && value.every((item) => isPlain(item) && "id" in item && "arn" in item);
