import type { NormalizedSchema } from "@smithy/core/schema";
import { AwsError } from "../aws-error.ts";
import { jsonBody, serializationError } from "./json-body.ts";
import { jsonError } from "./json-error.ts";
import type { Protocol, WireRequest, WireResponse } from "./protocol.ts";
import { type RouteMatch, router } from "./route.ts";
import type { OperationSchema, ServiceSchemas } from "./schemas.ts";

const contentType = "application/json";
const json = jsonBody({ jsonName: true });

/**
 * restJson1: the operation by method and path, members bound to labels, query, headers and body.
 * https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
export function restJson(schemas: ServiceSchemas): Protocol {
  const route = router(schemas.operations.values());
  return {
    decode(request) {
      const [path = "", search = ""] = request.path.split("?", 2);
      const query = new URLSearchParams(search);
      const match = route(request.method, path, query);
      if (match === undefined) {
        throw new AwsError(
          "UnknownOperationException",
          `there is no operation ${request.method} ${path}`,
          404,
        );
      }
      return { operation: match.operation.name, input: inputOf(match, query, request) };
    },
    encode: (name, output, requestId) => responseOf(schemas.operations.get(name), output, requestId),
    encodeError: (error, requestId) => jsonError(error, { schemas, contentType, requestId }),
  };
}

function inputOf({ operation, labels }: RouteMatch, query: URLSearchParams, { headers, body }: WireRequest) {
  if (!operation.input.isStructSchema()) return {};
  const members = [...operation.input.structIterator()];
  const input = bodyOf(operation, members, body);
  for (const [name, member] of members) {
    const traits = member.getMergedTraits();
    if (!isBound(member)) continue;
    // A member bound elsewhere is no part of the body, whatever the body says.
    delete input[name];
    const sent = traits.httpLabel
      ? labels[name]
      : traits.httpQuery !== undefined
        ? queryValue(member, query.getAll(traits.httpQuery))
        : headers[(traits.httpHeader ?? "").toLowerCase()];
    if (sent !== undefined) input[name] = Array.isArray(sent) ? sent : simpleValue(member, sent, name);
  }
  return input;
}

function bodyOf(operation: OperationSchema, members: readonly [string, NormalizedSchema][], body: Buffer) {
  const payload = members.find(([, member]) => member.getMergedTraits().httpPayload);
  if (payload === undefined) return json.read(operation.input, body);
  const [name, member] = payload;
  if (body.length === 0) return {};
  if (member.isBlobSchema()) return { [name]: new Uint8Array(body) };
  return { [name]: member.isStringSchema() ? body.toString("utf8") : json.read(member, body) };
}

function isBound(member: NormalizedSchema): boolean {
  const { httpLabel, httpQuery, httpHeader } = member.getMergedTraits();
  return Boolean(httpLabel) || httpQuery !== undefined || httpHeader !== undefined;
}

function queryValue(member: NormalizedSchema, values: string[]): string | string[] | undefined {
  if (member.isListSchema()) return values.length === 0 ? undefined : values;
  return values[0];
}

function simpleValue(member: NormalizedSchema, text: string, name: string): unknown {
  if (member.isBooleanSchema()) return text === "true";
  if (member.isTimestampSchema()) return new Date(text);
  if (!member.isNumericSchema()) return text;
  const number = Number(text);
  if (Number.isNaN(number)) throw serializationError(`${name} is "${text}"; it is a number`);
  return number;
}

function responseOf(
  operation: OperationSchema | undefined,
  output: unknown,
  requestId: string,
): WireResponse {
  const response = {
    status: operation?.http?.[2] ?? 200,
    headers: { "content-type": contentType, "x-amzn-requestid": requestId } as Record<string, string>,
    body: "" as string | Uint8Array,
  };
  if (operation === undefined || !operation.output.isStructSchema()) return response;

  const rest: Record<string, unknown> = { ...(output ?? {}) };
  const members = [...operation.output.structIterator()];
  for (const [name, member] of members) {
    const { httpHeader, httpResponseCode } = member.getMergedTraits();
    if (httpHeader === undefined && !httpResponseCode) continue;
    if (httpResponseCode) response.status = Number(rest[name] ?? response.status);
    else if (httpHeader !== undefined && rest[name] !== undefined) {
      response.headers[httpHeader.toLowerCase()] = String(rest[name]);
    }
    delete rest[name];
  }
  if (response.status === 204) return response;
  const payload = members.find(([, member]) => member.getMergedTraits().httpPayload);
  response.body =
    payload === undefined ? json.write(operation.output, rest) : payloadOf(payload[1], rest[payload[0]]);
  return response;
}

function payloadOf(member: NormalizedSchema, value: unknown): string | Uint8Array {
  if (value === undefined) return "";
  if (value instanceof Uint8Array || typeof value === "string") return value;
  return json.write(member, value);
}
