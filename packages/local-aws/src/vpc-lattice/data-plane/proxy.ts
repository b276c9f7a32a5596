import type { Platform } from "../../platform.ts";
import type { Failure } from "../unconfirmed.ts";
import { admit, needsAdmission } from "./admission/admit.ts";
import type { IdentitySource } from "./admission/authenticate.ts";
import type { WithinRate } from "./admission/rate-limit.ts";
import { answer, answerFailure } from "./answers.ts";
import { asksForUpgrade, requestIdOf, targetOfRequest } from "./arrival.ts";
import { deliver } from "./carriers/deliver.ts";
import { endOfTurn } from "./end-of-turn.ts";
import type { Exchange } from "./exchange.ts";
import { emptyNotes, type Journey } from "./journey.ts";
import type { Outcome } from "./outcome.ts";
import type { AccessLogs } from "./records/access-logs.ts";
import type { Finished } from "./records/finished-request.ts";
import type { Meter } from "./records/meter.ts";
import { chooseDestination } from "./routing/choose-destination.ts";
import { findService } from "./routing/find-service.ts";
import type { GroupChooser } from "./routing/group-chooser.ts";
import type { Routing } from "./routing/routing.ts";
import type { Source } from "./source.ts";
import type { TargetConnections } from "./targets/target-connections.ts";
import type { TargetPools } from "./targets/target-pools.ts";

/** What a request passes through on its way. */
export interface ProxyParts {
  readonly platform: Platform;
  readonly routing: () => Routing;
  readonly identityOf: IdentitySource;
  readonly clockSkewSeconds: number;
  readonly withinRate: WithinRate;
  readonly chooseGroup: GroupChooser;
  readonly pools: TargetPools;
  readonly connections: TargetConnections;
  readonly meter: Meter;
  readonly accessLogs: AccessLogs;
  /** Hears of faults of this program. */
  readonly report: (fault: unknown) => void;
}

/**
 * Serves the requests of callers in a VPC: find the service, admit, choose, deliver, measure. Never throws. A caller of no
 * known VPC finds nothing.
 */
export function createProxy(parts: ProxyParts): (from: Source, exchange: Exchange) => void {
  const { clock } = parts.platform;
  const finished = endOfTurn<Finished>((request) => {
    try {
      parts.meter.request(request);
      parts.accessLogs.request(request);
    } catch (fault) {
      parts.report(fault);
    }
    request.done();
  });
  return (from, exchange) => {
    const done = clock.busy();
    const requestId = requestIdOf(exchange);
    const conclude = (journey: Journey, outcome: Outcome) => {
      if (outcome.type === "failed") answerFailure(exchange, outcome.failure, requestId);
      const durationMs = performance.now() - journey.began;
      const { expired } = exchange.connection;
      finished({ journey, outcome, at: clock.now(), durationMs, expired, done });
    };
    const giveUp = (fault: unknown) => {
      // Reading the body of a caller that went away fails, and is nobody's fault.
      if (!exchange.gone) parts.report(fault);
      if (exchange.begun) exchange.destroy();
      else answerFailure(exchange, "internal", requestId);
      done();
    };
    try {
      const begun = setOut(parts, from, exchange, requestId);
      if (typeof begun === "string") {
        answerFailure(exchange, begun, requestId);
        return done();
      }
      const outcome = travel(parts, begun);
      // Most requests end later; a promise for those that do not would be one too many.
      if ("then" in outcome) outcome.then((known) => conclude(begun, known)).catch(giveUp);
      else conclude(begun, outcome);
    } catch (fault) {
      giveUp(fault);
    }
  };
}

/** The journey of a request, or why it cannot begin. */
function setOut(
  { routing, platform }: ProxyParts,
  { vpcId, zone }: Source,
  exchange: Exchange,
  requestId: string,
): Journey | Failure {
  const target = targetOfRequest(exchange);
  if (target === undefined) return "malformedRequest";
  const protocol = exchange.connection.tls === undefined ? "HTTP" : "HTTPS";
  const source = vpcId === undefined ? undefined : routing().vpcs.get(vpcId);
  const place = source && findService(source, target, protocol);
  if (place === undefined) return "unknownService";
  const startedAt = platform.clock.now();
  const began = performance.now();
  return { exchange, requestId, target, place, zone, startedAt, began, notes: emptyNotes() };
}

function travel(parts: ProxyParts, journey: Journey): Outcome | Promise<Outcome> {
  const { exchange, requestId, place, notes } = journey;
  if (!parts.withinRate(place.service.id)) return { type: "failed", failure: "rateLimited" };
  if (asksForUpgrade(exchange)) return { type: "failed", failure: "upgradeRefused" };
  if (needsAdmission(exchange, place)) {
    const admission = admit(journey, parts);
    notes.caller = admission.caller;
    if (!admission.admitted) {
      notes.deniedBy = admission.deniedBy;
      answer(exchange, 403, admission.message, requestId);
      return { type: "denied", status: 403 };
    }
  }
  const request = { method: exchange.method, path: journey.target.path, headers: exchange.headers };
  return deliver(journey, chooseDestination(place.listener.rules, request, parts), parts);
}
