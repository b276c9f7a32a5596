import type { Platform } from "../../../platform.ts";
import { answerFixed } from "../answers.ts";
import type { Exchange } from "../exchange.ts";
import type { Journey } from "../journey.ts";
import type { Outcome } from "../outcome.ts";
import type { Meter } from "../records/meter.ts";
import type { Destination } from "../routing/choose-destination.ts";
import { fromZone, type TargetConnections } from "../targets/target-connections.ts";
import { addHeaders } from "./added-headers.ts";
import { forwardFunction, functionPayloadLimit } from "./forward-function.ts";
import { forwardHttp1 } from "./forward-http1.ts";
import { forwardHttp2 } from "./forward-http2.ts";
import { forwardWithTrailers } from "./forward-with-trailers.ts";
import { functionEventV1, functionEventV2 } from "./function-event.ts";
import { endToEndHeaders } from "./headers.ts";
import { readBody } from "./read-body.ts";
import { targetError } from "./target-error.ts";
import { versionFits } from "./version-fits.ts";

interface Carriers {
  readonly platform: Platform;
  readonly connections: TargetConnections;
  readonly meter: Pick<Meter, "sending" | "opened" | "failed">;
}

/** Takes a request to its destination and the answer back. Nothing has been answered when the outcome is `failed`. */
export function deliver(
  journey: Journey,
  destination: Destination,
  carriers: Carriers,
): Outcome | Promise<Outcome> {
  const { exchange, requestId, notes, zone } = journey;
  if (destination.type === "fixed-response") {
    answerFixed(exchange, destination.status, requestId);
    return { type: "answered", status: destination.status };
  }
  notes.group = destination.group;
  if (destination.group !== undefined) carriers.meter.sending(destination.group.id, zone);
  if (destination.type === "nowhere") return { type: "failed", failure: "noTarget" };
  notes.targetAddress = destination.endpoint.registered;
  switch (destination.type) {
    case "unreachable":
      carriers.meter.failed(
        { groupId: destination.group.id, zone },
        new Error("no address book knows the target"),
        false,
      );
      return { type: "failed", failure: "connectionRefused" };
    case "http":
      return deliverHttp(journey, destination, carriers);
    case "function":
      return deliverToFunction(journey, destination, carriers);
  }
}

function deliverHttp(
  journey: Journey,
  { group, version, peer: target }: Extract<Destination, { type: "http" }>,
  { connections, meter }: Carriers,
): Outcome | Promise<Outcome> {
  const { exchange } = journey;
  if (!versionFits(exchange, version)) return { type: "failed", failure: "versionMismatch" };
  const headers = endToEndHeaders(exchange.rawHeaders, exchange.headers);
  addHeaders(headers, journey, group);
  const peer = fromZone(target, journey.zone);
  if (version !== "HTTP1") {
    return connections.stream(peer).then(
      (open) => forwardHttp2(journey, { open, scheme: peer.scheme, headers }),
      (error: Error): Outcome => ({ type: "failed", failure: targetError(error) }),
    );
  }
  if (announcesTrailers(exchange)) return forwardWithTrailers(journey, { peer, headers, observer: meter });
  return forwardHttp1(journey, {
    dispatcher: connections.dispatcher(peer),
    origin: peer.origin,
    headers,
  });
}

/** https://www.rfc-editor.org/rfc/rfc9112#section-7.1.2: they follow a body in chunks only. */
function announcesTrailers({ headers, hasBody }: Exchange): boolean {
  return headers.trailer !== undefined && hasBody && headers["content-length"] === undefined;
}

async function deliverToFunction(
  journey: Journey,
  { group, endpoint, version }: Extract<Destination, { type: "function" }>,
  { platform }: Carriers,
): Promise<Outcome> {
  const { exchange, notes, place } = journey;
  if (!versionFits(exchange, "HTTP1")) return { type: "failed", failure: "versionMismatch" };
  const { idleTimeoutMs } = place.service;
  const body = exchange.hasBody
    ? await readBody(exchange, functionPayloadLimit, idleTimeoutMs)
    : Buffer.alloc(0);
  if (body === undefined) return { type: "failed", failure: "requestTooLarge" };
  notes.bodyReceived = body.length;
  notes.sentAt = performance.now();
  const eventOf = version === "V2" ? functionEventV2 : functionEventV1;
  const event = eventOf(journey, group.arn, body, platform.region);
  return forwardFunction(platform, journey, {
    functionArn: endpoint.target.target,
    groupArn: group.arn,
    event,
  });
}
