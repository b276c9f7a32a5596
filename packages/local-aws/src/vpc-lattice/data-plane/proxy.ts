import type { IncomingMessage, ServerResponse } from "node:http";
import type { Agent } from "undici";
import type { Platform } from "../../platform.ts";
import { vpcArn } from "../control-plane/identifiers.ts";
import type { TargetGroup } from "../control-plane/records.ts";
import { unconfirmed } from "../unconfirmed.ts";
import { addedHeaders, type Passage } from "./added-headers.ts";
import type { AddressBook } from "./address-book.ts";
import { type Admission, admit, needsAdmission } from "./admit.ts";
import { answer, answerFailure, answerFixed } from "./answers.ts";
import { requestIdOf, targetOfRequest } from "./arrival.ts";
import type { IdentitySource } from "./authenticate.ts";
import { chooseDestination, type Destination } from "./choose-destination.ts";
import { findService, type Place } from "./find-service.ts";
import { forwardFunction, functionPayloadLimit } from "./forward-function.ts";
import { forwardHttp } from "./forward-http.ts";
import { functionEventV1, functionEventV2 } from "./function-event.ts";
import type { GroupChooser } from "./group-chooser.ts";
import { endToEndHeaders } from "./headers.ts";
import type { Meter } from "./meter.ts";
import type { Outcome } from "./outcome.ts";
import { readBody } from "./read-body.ts";
import type { RequestTarget } from "./request-target.ts";
import type { Routing } from "./routing.ts";
import type { TargetPools } from "./target-pools.ts";

/** What a request passes through on its way. */
export interface ProxyParts {
  readonly platform: Platform;
  readonly routing: () => Routing;
  readonly identityOf: IdentitySource;
  readonly clockSkewSeconds: number;
  readonly chooseGroup: GroupChooser;
  readonly pools: TargetPools;
  readonly addresses: AddressBook;
  readonly agent: Agent;
  readonly meter: Meter;
}

/** A request on its way, from the moment it is known where it has arrived. */
interface Journey {
  readonly vpcId: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly target: RequestTarget;
  readonly place: Place;
}

/**
 * Serves the requests of callers in a VPC: find the service, admit, choose, forward, count. Never rejects.
 */
export function createProxy(parts: ProxyParts) {
  return async (vpcId: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const done = parts.platform.clock.busy();
    const requestId = requestIdOf(request);
    try {
      const target = targetOfRequest(request);
      const place = target && findService(parts.routing(), vpcId, target);
      if (target === undefined) answerFailure(response, "malformedRequest", requestId);
      else if (place === undefined) answerFailure(response, "unknownService", requestId);
      else await travel(parts, { vpcId, request, response, requestId, target, place });
    } catch {
      if (response.headersSent) response.destroy();
      else answerFailure(response, "internal", requestId);
    } finally {
      done();
    }
  };
}

async function travel(parts: ProxyParts, journey: Journey): Promise<void> {
  const { request, response, requestId, target, place } = journey;
  const began = performance.now();
  const admission = needsAdmission(request, place)
    ? await admitted(parts, journey)
    : ({ admitted: true, identity: undefined } as const);
  if (!admission.admitted) {
    answer(response, 403, admission.message, requestId);
    return measure(parts.meter, journey, undefined, { type: "answered", status: 403 }, began);
  }
  const matchable = { method: request.method ?? "", path: target.path, headers: request.headers };
  const destination = chooseDestination(place.rules, matchable, parts);
  const outcome = await send(parts, journey, destination, admission);
  if (outcome.type === "failed") answerFailure(response, outcome.failure, requestId);
  const group = "group" in destination ? destination.group : undefined;
  measure(parts.meter, journey, group, outcome, began);
}

function admitted(
  { identityOf, clockSkewSeconds, platform }: ProxyParts,
  { request, target, place, vpcId }: Journey,
): Promise<Admission> {
  return admit(request, target, place, {
    identityOf,
    clockSkewSeconds,
    account: platform.account,
    clientAddress: clientAddressOf(request),
    sourceVpcId: vpcId,
    now: new Date(),
  });
}

async function send(
  parts: ProxyParts,
  journey: Journey,
  destination: Destination,
  admission: Extract<Admission, { admitted: true }>,
): Promise<Outcome> {
  const { request, response, requestId, target, place } = journey;
  switch (destination.type) {
    case "fixed-response":
      return { type: "answered", status: answerFixed(response, destination.status, requestId) };
    case "nowhere":
      return { type: "failed", failure: "noTarget" };
    case "unreachable":
      return { type: "failed", failure: "connectionRefused" };
    case "http": {
      const passage = passageOf(parts.platform, journey, destination.group, admission);
      return forwardHttp(parts.agent, request, response, {
        origin: destination.origin,
        pathAndQuery: target.pathAndQuery,
        headers: [...endToEndHeaders(request), ...addedHeaders(passage)],
        requestId,
        idleTimeoutMs: place.service.idleTimeoutMs,
      });
    }
    case "function": {
      const body = await readBody(request, functionPayloadLimit);
      if (body === undefined) return { type: "failed", failure: "requestTooLarge" };
      const passage = passageOf(parts.platform, journey, destination.group, admission);
      const eventOf = destination.version === "V2" ? functionEventV2 : functionEventV1;
      const event = eventOf({
        method: request.method ?? "",
        target,
        headers: endToEndHeaders(request),
        body,
        passage,
        region: parts.platform.region,
        at: parts.platform.clock.now(),
      });
      const { functionArn, group } = destination;
      return forwardFunction(parts.platform, response, {
        functionArn,
        targetGroupArn: group.arn,
        event,
        requestId,
      });
    }
  }
}

function passageOf(
  platform: Platform,
  { vpcId, request, requestId, target, place }: Journey,
  group: TargetGroup,
  { identity }: Extract<Admission, { admitted: true }>,
): Passage {
  const forwardedFor = request.headers["x-forwarded-for"];
  return {
    requestId,
    clientAddress: clientAddressOf(request),
    forwardedFor: typeof forwardedFor === "string" ? forwardedFor : undefined,
    port: target.port,
    sourceVpcId: vpcId,
    sourceVpcArn: vpcArn(platform, vpcId),
    serviceArn: place.service.arn,
    networkArn: place.network.arn,
    targetGroupArn: group.arn,
    caller: identity?.caller,
  };
}

function measure(
  meter: Meter,
  { place }: Journey,
  group: TargetGroup | undefined,
  outcome: Outcome,
  began: number,
): void {
  const failure = "failure" in outcome ? outcome.failure : undefined;
  const measured = { status: statusOf(outcome), duration: performance.now() - began, failure };
  meter.record({ name: "Service", id: place.service.id }, measured);
  if (group !== undefined) meter.record({ name: "TargetGroup", id: group.id }, measured);
}

function statusOf(outcome: Outcome): number | undefined {
  if (outcome.type === "abandoned") return undefined;
  return outcome.type === "failed" ? unconfirmed.failures[outcome.failure].status : outcome.status;
}

function clientAddressOf({ socket }: IncomingMessage): string {
  return socket.remoteAddress ?? "127.0.0.1";
}
