import { NormalizedSchema } from "@smithy/core/schema";
import type { SchemaTraitsObject, StaticErrorSchema, StaticOperationSchema } from "@smithy/types";

/** One operation as the SDK client's schemas describe it. */
export interface OperationSchema {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** Method, path template and status, in protocols that have them. */
  readonly http: readonly [method: string, path: string, status: number] | undefined;
}

/** One error as the SDK client's schemas describe it. */
interface ErrorSchema {
  readonly code: string;
  readonly status: number;
  /** The name and fault that clients of the older query protocol know it by. */
  readonly queryError: string | undefined;
}

/** What a service's SDK client exports of its wire format, by operation name and error code. */
export interface ServiceSchemas {
  readonly operations: ReadonlyMap<string, OperationSchema>;
  readonly errors: ReadonlyMap<string, ErrorSchema>;
}

/**
 * Reads the schemas that a generated SDK client exports under names ending in `$`. They are exported for plugins of the
 * client and not documented for a server: the clients' versions are pinned and each service has a round-trip test.
 */
export function schemasOf(client: Readonly<Record<string, unknown>>): ServiceSchemas {
  const operations = new Map<string, OperationSchema>();
  const errors = new Map<string, ErrorSchema>();
  for (const [name, exported] of Object.entries(client)) {
    if (!name.endsWith("$")) continue;
    if (isOperation(exported)) operations.set(exported[2], operationOf(exported));
    else if (isError(exported)) errors.set(exported[2], errorOf(exported));
  }
  return { operations, errors };
}

function isOperation(exported: unknown): exported is StaticOperationSchema {
  return Array.isArray(exported) && exported[0] === 9;
}

function isError(exported: unknown): exported is StaticErrorSchema {
  // The client's own base class of errors is exported among them.
  return Array.isArray(exported) && exported[0] === -3 && !String(exported[1]).includes(".synthetic.");
}

function operationOf([, , name, traits, input, output]: StaticOperationSchema): OperationSchema {
  const http = typeof traits === "object" ? httpTrait(traits.http) : undefined;
  return {
    name,
    input: NormalizedSchema.of(input),
    output: NormalizedSchema.of(output),
    http,
  };
}

function httpTrait(trait: unknown): OperationSchema["http"] {
  if (!Array.isArray(trait)) return undefined;
  const [method, path, status] = trait;
  return [String(method), String(path), Number(status)];
}

function errorOf([, , code, traits]: StaticErrorSchema): ErrorSchema {
  const { httpError, error, awsQueryError }: SchemaTraitsObject = typeof traits === "object" ? traits : {};
  const usual = error === "server" ? 500 : 400;
  return {
    code,
    status: typeof httpError === "number" ? httpError : usual,
    queryError: Array.isArray(awsQueryError) ? String(awsQueryError[0]) : undefined,
  };
}
