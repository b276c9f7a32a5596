import { identityOf, type Journey } from "../journey.ts";
import type { RequestTarget } from "../routing/request-target.ts";
import { addForwarded, sessionName } from "./added-headers.ts";
import { headerPairs } from "./header-object.ts";
import { endToEndHeaders } from "./headers.ts";

/** The event of version 2.0. See https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html */
export function functionEventV2(journey: Journey, groupArn: string, body: Buffer, region: string) {
  const { exchange, target, place, startedAt } = journey;
  const query = grouped(pairsOfQuery(target));
  return {
    version: "2.0",
    path: target.pathAndQuery,
    method: exchange.method,
    headers: headersFor(journey),
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    ...bodyOf(journey, body),
    requestContext: {
      serviceNetworkArn: place.network.arn,
      serviceArn: place.service.arn,
      targetGroupArn: groupArn,
      identity: { sourceVpcArn: place.source.arn, ...callerOf(journey) },
      region,
      timeEpoch: String(startedAt * 1000),
    },
  };
}

/** The event of version 1.0, in which a header's values are joined and the last of a query's values wins. */
export function functionEventV1(journey: Journey, _groupArn: string, bytes: Buffer) {
  const headers = headersFor(journey);
  const { body = "", isBase64Encoded = false } = bodyOf(journey, bytes);
  return {
    raw_path: journey.target.pathAndQuery,
    method: journey.exchange.method,
    headers: Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values.join(", ")])),
    query_string_parameters: Object.fromEntries(pairsOfQuery(journey.target)),
    body,
    is_base64_encoded: isBase64Encoded,
  };
}

function headersFor(journey: Journey): Record<string, string[]> {
  const { rawHeaders, headers } = journey.exchange;
  const all = endToEndHeaders(rawHeaders, headers);
  addForwarded(all, journey);
  return grouped(headerPairs(all).map(([name, value]) => [name.toLowerCase(), value] as const));
}

function callerOf({ notes }: Journey) {
  const identity = identityOf(notes);
  if (identity === undefined) return {};
  const { caller, organization } = identity;
  const session = sessionName(caller);
  return {
    type: "AWS_IAM",
    principal: caller.arn,
    ...(organization !== undefined && { principalOrgID: organization }),
    ...(session !== undefined && { sessionName: session }),
  };
}

function bodyOf({ exchange }: Journey, body: Buffer): { body?: string; isBase64Encoded?: boolean } {
  if (body.length === 0) return {};
  if (isText(exchange.headers)) return { body: body.toString() };
  return { body: body.toString("base64"), isBase64Encoded: true };
}

const textTypes = new Set(["application/json", "application/xml", "application/javascript"]);

function isText(headers: Journey["exchange"]["headers"]): boolean {
  if (headers["content-encoding"] !== undefined) return false;
  const type = (headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return type.startsWith("text/") || textTypes.has(type);
}

function pairsOfQuery({ path, pathAndQuery }: RequestTarget): [string, string][] {
  return [...new URLSearchParams(pathAndQuery.slice(path.length + 1))];
}

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const known = values.get(name);
    // Not copied: a query may say one name thirty thousand times.
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  return Object.fromEntries(values);
}
