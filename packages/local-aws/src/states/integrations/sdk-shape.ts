import type { NormalizedSchema } from "@smithy/core/schema";
import { isObject, type Json } from "../json.ts";

/**
 * Arguments of an `aws-sdk` integration as the shape of the API: Step Functions spells every member in PascalCase and
 * writes times as ISO 8601 and blobs as text. Throws a RangeError naming a member that the API does not have.
 */
export function toApiShape(schema: NormalizedSchema, value: Json): unknown {
  if (value === null) return undefined;
  if (schema.isTimestampSchema()) return new Date(typeof value === "number" ? value * 1000 : String(value));
  if (schema.isBlobSchema()) return Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
  if (schema.isListSchema() && Array.isArray(value))
    return value.map((inner) => toApiShape(schema.getValueSchema(), inner));
  if (schema.isMapSchema() && isObject(value))
    return mapValues(value, (inner) => toApiShape(schema.getValueSchema(), inner));
  if (!schema.isStructSchema() || !isObject(value)) return value;

  const members = new Map([...schema.structIterator()].map((member) => [pascalCase(member[0]), member]));
  const shaped: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const member = members.get(key);
    if (member === undefined) throw new RangeError(`The field '${key}' is not supported by Step Functions`);
    shaped[member[0]] = toApiShape(member[1], inner);
  }
  return shaped;
}

/** An answer of the API as Step Functions shows it, in PascalCase. */
export function fromApiShape(schema: NormalizedSchema, value: unknown): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (schema.isListSchema() && Array.isArray(value))
    return value.map((inner) => fromApiShape(schema.getValueSchema(), inner) ?? null);
  if (typeof value !== "object") return value as Json;
  if (schema.isMapSchema())
    return mapValues(value, (inner) => fromApiShape(schema.getValueSchema(), inner) ?? null);
  if (!schema.isStructSchema()) return JSON.parse(JSON.stringify(value));

  const shaped: Record<string, Json> = {};
  for (const [name, member] of schema.structIterator()) {
    const inner = fromApiShape(member, (value as Record<string, unknown>)[name]);
    if (inner !== undefined) shaped[pascalCase(name)] = inner;
  }
  return shaped;
}

const pascalCase = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

function mapValues<T>(value: object, change: (inner: never) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner as never)]));
}
