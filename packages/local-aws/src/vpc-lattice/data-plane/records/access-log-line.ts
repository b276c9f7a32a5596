import { unconfirmed } from "../../unconfirmed.ts";
import { identityOf, type Journey, type Notes } from "../journey.ts";
import { failureOf, type Outcome, statusOf } from "../outcome.ts";

/**
 * One line of an access log: a JSON object whose empty members are "-". `durationMs` is the whole time of the request.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html
 */
export function accessLogLine(journey: Journey, outcome: Outcome, durationMs: number): string {
  const { exchange, source, target, place, requestId, notes } = journey;
  const { connection, headers } = exchange;
  const caller = identityOf(notes)?.caller.arn;
  return JSON.stringify({
    serviceNetworkArn: place.network.arn,
    resolvedUser: resolvedUser(journey),
    listenerType: "-",
    authDeniedReason: notes.deniedBy ?? "-",
    targetGroupArn: notes.group?.arn ?? "-",
    sourceVpcArn: source.vpcArn,
    destinationVpcId: destinationVpc(notes),
    sourceIpPort: `${connection.address}:${connection.port}`,
    listenerId: "-",
    targetIpPort: notes.targetAddress ?? "-",
    failureReason: failureReason(journey, outcome),
    serviceArn: place.service.arn,
    sourceVpcId: source.vpcId,
    startTime: `${new Date(journey.startedAt).toISOString().slice(0, 19)}Z`,
    requestMethod: exchange.method,
    requestPath: target.pathAndQuery,
    protocol: exchange.protocol,
    responseCode: statusOf(outcome),
    bytesReceived:
      headBytes(exchange.rawHeaders, exchange.method.length + exchange.url.length) + notes.bodyReceived,
    bytesSent: notes.answerHeaders === undefined ? 0 : headBytes(notes.answerHeaders, 6) + notes.bodySent,
    duration: Math.round(durationMs),
    userAgent: headers["user-agent"] ?? "-",
    hostHeader: exchange.authority ?? "-",
    serverNameIndication: connection.tls?.serverName || "-",
    requestToTargetDuration: between(journey.began, notes.sentAt),
    responseFromTargetDuration: between(notes.answeredAt, journey.began + durationMs),
    grpcResponseCode: notes.grpcStatus ?? "-",
    requestId,
    sslCipher: connection.tls?.cipher ?? "-",
    tlsVersion: connection.tls?.version ?? "-",
    callerPrincipal: caller ?? "-",
    callerPrincipalOrgID: "-",
    callerPrincipalTags: "-",
    callerX509IssuerOU: "-",
    callerX509SubjectCN: "-",
    callerX509SANNameCN: "-",
    callerX509SANDNS: "-",
    callerX509SANURI: "-",
  });
}

function resolvedUser({ place, notes }: Journey): string {
  if (notes.caller === "unknown") return "Unknown";
  if (notes.caller !== undefined) return notes.caller.caller.arn;
  return place.network.guard === undefined && place.service.guard === undefined ? "-" : "Anonymous";
}

function failureReason({ exchange }: Journey, outcome: Outcome): string {
  if (exchange.connection.expired) return "ConnectionDurationExceeded";
  if (outcome.type === "abandoned") return "ClientConnectionClosed";
  if (outcome.type === "denied") return "ClientAccessDenied";
  const failure = failureOf(outcome);
  return (failure && unconfirmed.failures[failure].log) ?? "-";
}

function destinationVpc({ group }: Notes): string {
  return group === undefined || group.config.type === "LAMBDA" ? "-" : group.config.vpcIdentifier;
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
