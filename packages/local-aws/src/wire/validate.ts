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
    for (const [index, item] of (value as unknown[]).entries()) {
      if (item !== null) yield* complaintsAbout(schema.getValueSchema(), item, `${path}.${index + 1}.member`);
    }
  } else if (schema.isMapSchema()) {
    for (const [key, item] of Object.entries(value as object)) {
      if (item !== null) yield* complaintsAbout(schema.getValueSchema(), item, `${path}.${key}`);
    }
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
      yield {
        name: at,
        message: `Value null at '${at}' failed to satisfy constraint: Member must not be null`,
      };
    }
  }
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
