import type { Platform } from "../../platform.ts";
import type { Failure } from "../unconfirmed.ts";
import { admit, needsAdmission } from "./admission/admit.ts";
import type { IdentitySource } from "./admission/authenticate.ts";
import { answer, answerFailure } from "./answers.ts";
import { asksForUpgrade, requestIdOf, targetOfRequest } from "./arrival.ts";
import { deliver } from "./carriers/deliver.ts";
import type { Exchange } from "./exchange.ts";
import { emptyNotes, type Journey } from "./journey.ts";
import type { Outcome } from "./outcome.ts";
import type { AccessLogs } from "./records/access-logs.ts";
import type { Meter } from "./records/meter.ts";
import { chooseDestination } from "./routing/choose-destination.ts";
import { findService } from "./routing/find-service.ts";
import type { GroupChooser } from "./routing/group-chooser.ts";
import type { Routing } from "./routing/routing.ts";
import type { TargetConnections } from "./targets/target-connections.ts";
import type { TargetPools } from "./targets/target-pools.ts";

/** What a request passes through on its way. */
export interface ProxyParts {
  readonly platform: Platform;
  readonly routing: () => Routing;
  readonly identityOf: IdentitySource;
  readonly clockSkewSeconds: number;
  readonly chooseGroup: GroupChooser;
  readonly pools: TargetPools;
  readonly connections: TargetConnections;
  readonly meter: Meter;
  readonly accessLogs: AccessLogs;
  /** Hears of faults of this program. */
  readonly report: (fault: unknown) => void;
}

/**
 * Serves the requests of callers in a VPC: find the service, admit, choose, deliver, measure. Never rejects. A caller of no
 * known VPC finds nothing.
 */
export function createProxy(parts: ProxyParts) {
  const { clock } = parts.platform;
  return async (vpcId: string | undefined, exchange: Exchange): Promise<void> => {
    const done = clock.busy();
    const requestId = requestIdOf(exchange);
    try {
      const target = targetOfRequest(exchange);
      if (target === undefined) return answerFailure(exchange, "malformedRequest", requestId);
      const protocol = exchange.connection.tls === undefined ? "HTTP" : "HTTPS";
      const source = vpcId === undefined ? undefined : parts.routing().vpcs.get(vpcId);
      const place = source && findService(source.network, target, protocol);
      if (source === undefined || place === undefined)
        return answerFailure(exchange, "unknownService", requestId);
      const journey: Journey = {
        source,
        exchange,
        requestId,
        target,
        place,
        startedAt: clock.now(),
        began: performance.now(),
        notes: emptyNotes(),
      };
      const outcome = await travel(parts, journey);
      parts.meter.request(journey, outcome);
      parts.accessLogs.request(journey, outcome);
    } catch (fault) {
      // Reading the body of a caller that went away fails, and is nobody's fault.
      if (!exchange.gone) parts.report(fault);
      if (exchange.begun) exchange.destroy();
      else answerFailure(exchange, "internal", requestId);
    } finally {
      done();
    }
  };
}

async function travel(parts: ProxyParts, journey: Journey): Promise<Outcome> {
  const { exchange, requestId, place, notes } = journey;
  if (asksForUpgrade(exchange)) return failed(journey, "upgradeRefused");
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
  const outcome = await deliver(journey, chooseDestination(place.listener.rules, request, parts), parts);
  return outcome.type === "failed" ? failed(journey, outcome.failure) : outcome;
}

function failed({ exchange, requestId }: Journey, failure: Failure): Outcome {
  answerFailure(exchange, failure, requestId);
  return { type: "failed", failure };
}
