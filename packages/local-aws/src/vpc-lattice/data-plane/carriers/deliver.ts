import type { Agent } from "undici";
import type { Platform } from "../../../platform.ts";
import type { Identity } from "../admission/authorise.ts";
import { answerFixed } from "../answers.ts";
import { type Journey, passageOf } from "../journey.ts";
import type { Outcome } from "../outcome.ts";
import type { Destination } from "../routing/choose-destination.ts";
import { addedHeaders } from "./added-headers.ts";
import { forwardFunction, functionPayloadLimit } from "./forward-function.ts";
import { forwardHttp } from "./forward-http.ts";
import { functionEventV1, functionEventV2 } from "./function-event.ts";
import { endToEndHeaders } from "./headers.ts";
import { readBody } from "./read-body.ts";

interface Carriers {
  readonly platform: Platform;
  readonly agent: Agent;
}

/** Takes a request to its destination and the answer back. Nothing has been answered when the outcome is `failed`. */
export async function deliver(
  journey: Journey,
  destination: Destination,
  identity: Identity | undefined,
  carriers: Carriers,
): Promise<Outcome> {
  switch (destination.type) {
    case "fixed-response":
      answerFixed(journey.response, destination.status, journey.requestId);
      return { type: "answered", status: destination.status };
    case "nowhere":
      return { type: "failed", failure: "noTarget" };
    case "unreachable":
      return { type: "failed", failure: "connectionRefused" };
    case "http":
      return deliverHttp(journey, destination, identity, carriers);
    case "function":
      return deliverToFunction(journey, destination, identity, carriers);
  }
}

function deliverHttp(
  journey: Journey,
  { group, origin }: Extract<Destination, { type: "http" }>,
  identity: Identity | undefined,
  { platform, agent }: Carriers,
): Promise<Outcome> {
  const { request, response, requestId, target, place } = journey;
  const passage = passageOf(journey, group, identity, platform);
  return forwardHttp(agent, request, response, {
    origin,
    pathAndQuery: target.pathAndQuery,
    headers: [...endToEndHeaders(request), ...addedHeaders(passage)],
    requestId,
    idleTimeoutMs: place.service.idleTimeoutMs,
  });
}

async function deliverToFunction(
  journey: Journey,
  { group, functionArn, version }: Extract<Destination, { type: "function" }>,
  identity: Identity | undefined,
  { platform }: Carriers,
): Promise<Outcome> {
  const { request, response, requestId, target } = journey;
  const body = await readBody(request, functionPayloadLimit);
  if (body === undefined) return { type: "failed", failure: "requestTooLarge" };
  const eventOf = version === "V2" ? functionEventV2 : functionEventV1;
  const event = eventOf({
    method: request.method ?? "",
    target,
    headers: endToEndHeaders(request),
    body,
    passage: passageOf(journey, group, identity, platform),
    region: platform.region,
    at: platform.clock.now(),
  });
  return forwardFunction(platform, response, { functionArn, targetGroupArn: group.arn, event, requestId });
}
