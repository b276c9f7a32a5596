import type { TargetGroup } from "../../control-plane/records.ts";
import { unconfirmed } from "../../unconfirmed.ts";
import { identityOf, type Journey } from "../journey.ts";
import { failureOf, type Outcome, statusOf } from "../outcome.ts";
import { oncePerGroup } from "../routing/find-service.ts";
import { second } from "../second.ts";
import { tagPairs } from "../tag-pairs.ts";
import type { Finished } from "./finished-request.ts";

/** The members of a line that differ from request to request, in their order. */
const names = [
  "resolvedUser",
  "authDeniedReason",
  "sourceIpPort",
  "targetIpPort",
  "failureReason",
  "startTime",
  "requestMethod",
  "requestPath",
  "protocol",
  "responseCode",
  "bytesReceived",
  "bytesSent",
  "duration",
  "userAgent",
  "hostHeader",
  "serverNameIndication",
  "requestToTargetDuration",
  "responseFromTargetDuration",
  "grpcResponseCode",
  "requestId",
  "sslCipher",
  "tlsVersion",
  "callerPrincipal",
  "callerPrincipalOrgID",
  "callerPrincipalTags",
] as const;

/** Those of them that are numbers. */
const numbers: ReadonlySet<string> = new Set([
  "responseCode",
  "bytesReceived",
  "bytesSent",
  "duration",
  "requestToTargetDuration",
  "responseFromTargetDuration",
]);

type ForEach<Names extends readonly string[]> = { readonly [Index in keyof Names]: string | number };
type Values = ForEach<typeof names>;

/** The same by their names. */
export type LineValues = Readonly<Record<(typeof names)[number], string | number>>;

/** Between the values of a line: no parser of HTTP lets it through in any of them. */
const separator = "\0";

/**
 * What one line of an access log says that others do not: short and quickly made, for it is written for every request, while the
 * line is put together by `accessLogLine` when somebody reads it. Empty members are "-".
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html
 */
export function accessLogValues({ journey, outcome, durationMs, expired }: Finished): string {
  const { exchange, target, requestId, notes } = journey;
  const { connection, headers, rawHeaders, method, url } = exchange;
  const { tls } = connection;
  const values: Values = [
    resolvedUser(journey),
    notes.deniedBy ?? "-",
    connection.sourceIpPort,
    notes.targetAddress ?? "-",
    expired ? "ConnectionDurationExceeded" : failureReason(outcome),
    second(journey.startedAt),
    method,
    target.pathAndQuery,
    exchange.protocol,
    statusOf(outcome),
    headBytes(rawHeaders, method.length + url.length) + notes.bodyReceived,
    notes.answerHeaders === undefined ? 0 : headBytes(notes.answerHeaders, 6) + notes.bodySent,
    Math.round(durationMs),
    headers["user-agent"] || "-",
    headers.host || exchange.authority || "-",
    tls?.serverName || "-",
    between(journey.began, notes.sentAt),
    between(notes.answeredAt, journey.began + durationMs),
    notes.grpcStatus || "-",
    requestId,
    tls?.cipher ?? "-",
    tls?.version ?? "-",
    identityOf(notes)?.caller.arn ?? "-",
    identityOf(notes)?.organization ?? "-",
    loggedTags(identityOf(notes)?.tags),
  ];
  return values.join(separator);
}

/** What `accessLogValues` makes of a request, for what is no request. */
export function joinedValues(values: LineValues): string {
  return names.map((name) => values[name]).join(separator);
}

/** One line of an access log, a JSON object, of its `constantMembers` and what `accessLogValues` wrote. */
export function accessLogLine(constant: string, values: string): string {
  const known = values.split(separator);
  const members = names.map((name, index) => {
    const value = known[index] ?? "";
    return `"${name}":${numbers.has(name) ? value : JSON.stringify(value)}`;
  });
  return `{${constant},${members.join()}}`;
}

/** What is the same for all requests from one VPC to one target group of a service, and what is always empty here: JSON without braces. */
export const constantMembers = oncePerGroup(({ network, service, source }, group) => {
  const members = {
    serviceNetworkArn: network.arn,
    serviceArn: service.arn,
    targetGroupArn: group?.arn ?? "-",
    sourceVpcArn: source.arn,
    sourceVpcId: source.id,
    destinationVpcId: group === undefined ? "-" : destinationVpc(group),
    listenerType: "-",
    listenerId: "-",
    callerX509IssuerOU: "-",
    callerX509SubjectCN: "-",
    callerX509SANNameCN: "-",
    callerX509SANDNS: "-",
    callerX509SANURI: "-",
  };
  return JSON.stringify(members).slice(1, -1);
});

function resolvedUser({ place, notes }: Journey): string {
  if (notes.caller === "unknown") return "Unknown";
  if (notes.caller !== undefined) return notes.caller.caller.arn;
  return place.network.guard === undefined && place.service.guard === undefined ? "-" : "Anonymous";
}

function loggedTags(tags: Readonly<Record<string, string>> = {}): string {
  return tagPairs(tags).join(unconfirmed.loggedTagSeparator) || "-";
}

function failureReason(outcome: Outcome): string {
  if (outcome.type === "abandoned") return "ClientConnectionClosed";
  if (outcome.type === "denied") return "ClientAccessDenied";
  const failure = failureOf(outcome);
  return (failure && unconfirmed.failures[failure].log) ?? "-";
}

function destinationVpc({ config }: TargetGroup): string {
  return config.type === "LAMBDA" ? "-" : config.vpcIdentifier;
}

function between(from: number | undefined, to: number | undefined): number {
  return from === undefined || to === undefined ? 0 : Math.max(0, Math.round(to - from));
}

/** The bytes that a first line and headers take in HTTP/1.1, which is also what is counted for HTTP/2. */
function headBytes(rawHeaders: readonly string[], firstLine: number): number {
  let bytes = firstLine + " HTTP/1.1\r\n\r\n".length + 1;
  // A name and its value each bring two more: the colon and space, the line's end.
  for (const part of rawHeaders) bytes += part.length + 2;
  return bytes;
}
