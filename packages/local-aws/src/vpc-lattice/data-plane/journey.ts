import type { IncomingMessage, ServerResponse } from "node:http";
import type { Platform } from "../../platform.ts";
import { vpcArn } from "../control-plane/identifiers.ts";
import type { TargetGroup } from "../control-plane/records.ts";
import type { Identity } from "./admission/authorise.ts";
import type { Passage } from "./carriers/added-headers.ts";
import type { Place } from "./routing/find-service.ts";
import type { RequestTarget } from "./routing/request-target.ts";

/** A request on its way, from the moment it is known where it has arrived. */
export interface Journey {
  readonly vpcId: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly target: RequestTarget;
  readonly place: Place;
}

/** The address that a request came from. */
export function clientAddress({ request }: Journey): string {
  return request.socket.remoteAddress ?? "127.0.0.1";
}

/** What the target group's target is told of a request; `identity` is that of a signed one. */
export function passageOf(
  journey: Journey,
  group: TargetGroup,
  identity: Identity | undefined,
  platform: Platform,
): Passage {
  const { vpcId, request, requestId, target, place } = journey;
  const forwardedFor = request.headers["x-forwarded-for"];
  return {
    requestId,
    clientAddress: clientAddress(journey),
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
