import type { IncomingMessage, ServerResponse } from "node:http";
import type { Agent } from "undici";
import type { Platform } from "../../platform.ts";
import type { TargetGroup } from "../control-plane/records.ts";
import { unconfirmed } from "../unconfirmed.ts";
import { type Admission, admit, needsAdmission } from "./admission/admit.ts";
import type { IdentitySource } from "./admission/authenticate.ts";
import { answer, answerFailure } from "./answers.ts";
import { requestIdOf, targetOfRequest } from "./arrival.ts";
import { deliver } from "./carriers/deliver.ts";
import { clientAddress, type Journey } from "./journey.ts";
import type { Outcome } from "./outcome.ts";
import type { Meter } from "./records/meter.ts";
import { chooseDestination } from "./routing/choose-destination.ts";
import { findService } from "./routing/find-service.ts";
import type { GroupChooser } from "./routing/group-chooser.ts";
import type { Routing } from "./routing/routing.ts";
import type { AddressBook } from "./targets/address-book.ts";
import type { TargetPools } from "./targets/target-pools.ts";

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
  /** Hears of faults of this program. */
  readonly report: (fault: unknown) => void;
}

/**
 * Serves the requests of callers in a VPC: find the service, admit, choose, deliver, measure. Never rejects.
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
    } catch (fault) {
      // Reading the body of a caller that went away fails, and is nobody's fault.
      if (!response.destroyed) parts.report(fault);
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
  const admission = needsAdmission(request, place) ? await checked(parts, journey) : open;
  if (!admission.admitted) {
    answer(response, 403, admission.message, requestId);
    return measure(parts.meter, journey, undefined, { type: "answered", status: 403 }, began);
  }
  const matchable = { method: request.method ?? "", path: target.path, headers: request.headers };
  const destination = chooseDestination(place.rules, matchable, parts);
  const outcome = await deliver(journey, destination, admission.identity, parts);
  if (outcome.type === "failed") answerFailure(response, outcome.failure, requestId);
  const group = "group" in destination ? destination.group : undefined;
  measure(parts.meter, journey, group, outcome, began);
}

const open: Admission = { admitted: true, identity: undefined };

function checked(
  { identityOf, clockSkewSeconds, platform }: ProxyParts,
  journey: Journey,
): Promise<Admission> {
  return admit(journey.request, journey.target, journey.place, {
    identityOf,
    clockSkewSeconds,
    account: platform.account,
    clientAddress: clientAddress(journey),
    sourceVpcId: journey.vpcId,
    now: new Date(),
  });
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
