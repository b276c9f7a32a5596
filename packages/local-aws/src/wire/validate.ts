import type { NormalizedSchema } from "@smithy/core/schema";
import { AwsError } from "../aws-error.ts";

/** Throws ValidationException if a required member is missing or a value has another type than the schema says. */
export function validateInput(schema: NormalizedSchema, input: unknown): void {
  const complaints = [...complaintsAbout(schema, input, "")];
  const [first] = complaints;
  if (first === undefined) return;
  const count = complaints.length === 1 ? "1 validation error" : `${complaints.length} validation errors`;
  const message = `${count} detected: ${complaints.map(({ message }) => message).join("; ")}`;
  throw new AwsError("ValidationException", message, 400, {
    reason: "fieldValidationFailed",
    fieldList: complaints,
  });
}

interface Complaint {
  readonly name: string;
  readonly message: string;
}

function* complaintsAbout(schema: NormalizedSchema, value: unknown, path: string): Generator<Complaint> {
  const expected = expectation(schema);
  if (expected !== undefined && !expected.holds(value)) {
    const message = `Value at '${path}' failed to satisfy constraint: Member must be ${expected.name}`;
    yield { name: path, message };
  } else if (schema.isStructSchema()) {
    yield* complaintsAboutMembers(schema, value as Record<string, unknown>, path);
  } else if (schema.isListSchema()) {
    const items = (value as unknown[]).map((item, index) => [`${path}.${index + 1}.member`, item] as const);
    yield* complaintsAboutItems(schema, items);
  } else if (schema.isMapSchema()) {
    const items = Object.entries(value as object).map(([key, item]) => [`${path}.${key}`, item] as const);
    yield* complaintsAboutItems(schema, items);
  }
}

function* complaintsAboutItems(
  schema: NormalizedSchema,
  items: readonly (readonly [path: string, item: unknown])[],
): Generator<Complaint> {
  const sparse = Boolean(schema.getMergedTraits().sparse);
  for (const [path, item] of items) {
    if (item !== null) yield* complaintsAbout(schema.getValueSchema(), item, path);
    else if (!sparse) yield missing(path);
  }
}

function* complaintsAboutMembers(
  schema: NormalizedSchema,
  value: Record<string, unknown>,
  path: string,
): Generator<Complaint> {
  const required = requiredMembers(schema);
  for (const [name, member] of schema.structIterator()) {
    const at = path === "" ? name : `${path}.${name}`;
    const given = value[name];
    if (given !== undefined && given !== null) yield* complaintsAbout(member, given, at);
    else if (required.has(name) && !member.isIdempotencyToken()) {
      yield missing(at);
    }
  }
}

function missing(path: string): Complaint {
  return {
    name: path,
    message: `Value null at '${path}' failed to satisfy constraint: Member must not be null`,
  };
}

/** A structure's schema lists its required members first and says how many they are. */
function requiredMembers(schema: NormalizedSchema): ReadonlySet<string> {
  const raw = schema.getSchema();
  if (!Array.isArray(raw)) return new Set();
  const names: unknown = raw[4];
  const count: unknown = raw[6];
  return new Set(Array.isArray(names) && typeof count === "number" ? names.slice(0, count) : []);
}

interface Expectation {
  readonly name: string;
  holds(value: unknown): boolean;
}

/** Blobs, timestamps and documents are left to the services: in-process callers hand them over in more than one form. */
function expectation(schema: NormalizedSchema): Expectation | undefined {
  if (schema.isStructSchema() || schema.isMapSchema()) return anObject;
  if (schema.isListSchema()) return aList;
  if (schema.isStringSchema()) return aString;
  if (schema.isBooleanSchema()) return aBoolean;
  if (schema.isNumericSchema()) return aNumber;
  return undefined;
}

const anObject: Expectation = {
  name: "an object",
  holds: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};
const aList: Expectation = { name: "a list", holds: (value) => Array.isArray(value) };
const aString: Expectation = { name: "a string", holds: (value) => typeof value === "string" };
const aBoolean: Expectation = { name: "true or false", holds: (value) => typeof value === "boolean" };
const aNumber: Expectation = { name: "a number", holds: (value) => typeof value === "number" };
