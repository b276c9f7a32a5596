import { unconfirmed } from "../../unconfirmed.ts";
import { identityOf, type Journey, type Notes } from "../journey.ts";
import { failureOf, type Outcome, statusOf } from "../outcome.ts";
import type { Place } from "../routing/find-service.ts";

/**
 * One line of an access log: a JSON object whose empty members are "-". `durationMs` is the whole time of the request. It is put
 * together from pieces, most of which are the same for all requests of a service: half of what a request costs would be this.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html
 */
export function accessLogLine(journey: Journey, outcome: Outcome, durationMs: number): string {
  const { exchange, target, requestId, notes } = journey;
  const { connection, headers, rawHeaders, method, url } = exchange;
  const { tls } = connection;
  const received = headBytes(rawHeaders, method.length + url.length) + notes.bodyReceived;
  const sent = notes.answerHeaders === undefined ? 0 : headBytes(notes.answerHeaders, 6) + notes.bodySent;
  const caller = identityOf(notes)?.caller.arn;
  // Added up, they would be kept as a tree of pieces, several times the size of the text.
  return [
    `{${constantMembers(journey)},"resolvedUser":${quoted(resolvedUser(journey))}`,
    `,"authDeniedReason":"${notes.deniedBy ?? "-"}","sourceIpPort":"${connection.address}:${connection.port}"`,
    `,"targetIpPort":${quoted(notes.targetAddress)},"failureReason":"${failureReason(journey, outcome)}"`,
    `,"startTime":"${second(journey.startedAt)}","requestMethod":${quoted(method)}`,
    `,"requestPath":${quoted(target.pathAndQuery)},"protocol":"${exchange.protocol}"`,
    `,"responseCode":${statusOf(outcome)},"bytesReceived":${received},"bytesSent":${sent}`,
    `,"duration":${Math.round(durationMs)},"userAgent":${quoted(headers["user-agent"])}`,
    `,"hostHeader":${quoted(headers.host ?? exchange.authority)},"serverNameIndication":${quoted(tls?.serverName)}`,
    `,"requestToTargetDuration":${between(journey.began, notes.sentAt)}`,
    `,"responseFromTargetDuration":${between(notes.answeredAt, journey.began + durationMs)}`,
    `,"grpcResponseCode":${quoted(notes.grpcStatus)},"requestId":${quoted(requestId)}`,
    `,"sslCipher":"${tls?.cipher ?? "-"}","tlsVersion":"${tls?.version ?? "-"}","callerPrincipal":${quoted(caller)}}`,
  ].join("");
}

const constants = new WeakMap<Place, Map<string, string>>();

/** What is the same for all requests from one VPC to one target group of a service, and what is always empty here. */
function constantMembers({ place, source, notes }: Journey): string {
  const ofPlace = constants.get(place) ?? new Map<string, string>();
  constants.set(place, ofPlace);
  const key = `${source.id} ${notes.group?.id}`;
  const known = ofPlace.get(key);
  if (known !== undefined) return known;
  const members = {
    serviceNetworkArn: place.network.arn,
    serviceArn: place.service.arn,
    targetGroupArn: notes.group?.arn ?? "-",
    sourceVpcArn: source.arn,
    sourceVpcId: source.id,
    destinationVpcId: destinationVpc(notes),
    listenerType: "-",
    listenerId: "-",
    callerPrincipalOrgID: "-",
    callerPrincipalTags: "-",
    callerX509IssuerOU: "-",
    callerX509SubjectCN: "-",
    callerX509SANNameCN: "-",
    callerX509SANDNS: "-",
    callerX509SANURI: "-",
  };
  const text = JSON.stringify(members).slice(1, -1);
  ofPlace.set(key, text);
  return text;
}

/** What JSON cannot have in a text as it is; all that is not ASCII is left to JSON.stringify as well. */
const special = /[^ !#-[\]-~]/;

function quoted(text: string | undefined): string {
  if (text === undefined || text === "") return '"-"';
  return special.test(text) ? JSON.stringify(text) : `"${text}"`;
}

let shown = { at: -1, text: "" };

/** A time to the second, as ISO 8601 has it. */
function second(at: number): string {
  const whole = at - (at % 1000);
  if (shown.at !== whole) shown = { at: whole, text: `${new Date(whole).toISOString().slice(0, 19)}Z` };
  return shown.text;
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
