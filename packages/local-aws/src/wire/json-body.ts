import { JsonCodec2 } from "@smithy/core/protocols";
import type { NormalizedSchema } from "@smithy/core/schema";
import { AwsError } from "../aws-error.ts";

/** JSON bodies by schema: timestamps, blobs and names as the schema says. */
export interface JsonBody {
  /** The members of a structure; an empty body is an empty structure. Throws SerializationException. */
  read(schema: NormalizedSchema, body: Buffer): Record<string, unknown>;
  write(schema: NormalizedSchema, value: unknown): Uint8Array;
}

/** `jsonName`: whether members travel by their `jsonName` trait, as in restJson1. */
export function jsonBody({ jsonName }: { jsonName: boolean }): JsonBody {
  const epochSeconds = 7;
  const codec = new JsonCodec2({
    timestampFormat: { useTrait: true, default: epochSeconds },
    httpBindings: jsonName,
    jsonName,
  });
  const serializer = codec.createSerializer();
  // The declared return type leaves out the method that takes parsed JSON.
  const deserializer = codec.createDeserializer() as unknown as {
    readObject(schema: NormalizedSchema, data: unknown): Record<string, unknown>;
  };
  return {
    read(schema, body) {
      if (body.length === 0) return {};
      const parsed = parseObject(body);
      try {
        return deserializer.readObject(schema, parsed);
      } catch (cause) {
        throw serializationError(cause instanceof Error ? cause.message : String(cause), cause);
      }
    },
    write(schema, value) {
      serializer.write(schema, value);
      const bytes = serializer.flush();
      // The codec's own subclass of Uint8Array warns about uses that are fine.
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
  };
}

function parseObject(body: Buffer): object {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString("utf8"));
  } catch (cause) {
    throw serializationError("the body is not JSON", cause);
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw serializationError("the body is not a JSON object");
  }
  return parsed;
}

export function serializationError(message: string, cause?: unknown): AwsError {
  return new AwsError("SerializationException", message, 400, {}, { cause });
}
