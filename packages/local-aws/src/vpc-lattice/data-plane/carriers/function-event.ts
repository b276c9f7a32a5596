import type { Caller } from "../../../platform.ts";
import type { RequestTarget } from "../routing/request-target.ts";
import { forwardedHeaders, type Passage, sessionName } from "./added-headers.ts";
import type { RawHeaders } from "./headers.ts";

interface FunctionRequest {
  readonly method: string;
  readonly target: RequestTarget;
  /** Those that go on to the target, without what Lattice adds. */
  readonly headers: RawHeaders;
  readonly body: Buffer;
  readonly passage: Passage;
  readonly region: string;
  /** AWS time, milliseconds since the epoch. */
  readonly at: number;
}

/** The event of version 2.0. See https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html */
export function functionEventV2(request: FunctionRequest) {
  const { target, passage } = request;
  const headers = [...request.headers, ...forwardedHeaders(passage)];
  const query = grouped(pairsOfQuery(target));
  return {
    version: "2.0",
    path: target.pathAndQuery,
    method: request.method,
    headers: grouped(pairsOf(headers)),
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    ...bodyOf(request),
    requestContext: {
      serviceNetworkArn: passage.networkArn,
      serviceArn: passage.serviceArn,
      targetGroupArn: passage.targetGroupArn,
      identity: { sourceVpcArn: passage.sourceVpcArn, ...identityOf(passage.caller) },
      region: request.region,
      timeEpoch: String(request.at * 1000),
    },
  };
}

/** The event of version 1.0, in which a header's values are joined and the last of a query's values wins. */
export function functionEventV1(request: FunctionRequest) {
  const headers = grouped(pairsOf([...request.headers, ...forwardedHeaders(request.passage)]));
  const { body = "", isBase64Encoded = false } = bodyOf(request);
  return {
    raw_path: request.target.pathAndQuery,
    method: request.method,
    headers: Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values.join(", ")])),
    query_string_parameters: Object.fromEntries(pairsOfQuery(request.target)),
    body,
    is_base64_encoded: isBase64Encoded,
  };
}

function identityOf(caller: Caller | undefined) {
  if (caller === undefined) return {};
  const session = sessionName(caller);
  return { type: "AWS_IAM", principal: caller.arn, ...(session !== undefined && { sessionName: session }) };
}

function bodyOf({ body, headers }: FunctionRequest): { body?: string; isBase64Encoded?: boolean } {
  if (body.length === 0) return {};
  if (isText(new Map(pairsOf(headers)))) return { body: body.toString() };
  return { body: body.toString("base64"), isBase64Encoded: true };
}

const textTypes = new Set(["application/json", "application/xml", "application/javascript"]);

function isText(headers: ReadonlyMap<string, string>): boolean {
  if (headers.has("content-encoding")) return false;
  const type = (headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return type.startsWith("text/") || textTypes.has(type);
}

function pairsOf(raw: RawHeaders): [string, string][] {
  return Array.from({ length: raw.length / 2 }, (_, index) => [
    (raw[2 * index] ?? "").toLowerCase(),
    raw[2 * index + 1] ?? "",
  ]);
}

function pairsOfQuery({ path, pathAndQuery }: RequestTarget): [string, string][] {
  return [...new URLSearchParams(pathAndQuery.slice(path.length + 1))];
}

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(values);
}
