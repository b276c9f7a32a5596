import type { TargetGroup } from "../control-plane/records.ts";
import type { Identity, Verdict } from "./admission/authorise.ts";
import type { Exchange, RawHeaders } from "./exchange.ts";
import type { Place } from "./routing/find-service.ts";
import type { RequestTarget } from "./routing/request-target.ts";

/** A request on its way, from the moment it is known where it has arrived. */
export interface Journey {
  readonly exchange: Exchange;
  readonly requestId: string;
  readonly target: RequestTarget;
  readonly place: Place;
  /** The availability zone of the caller, where that was told. */
  readonly zone: string | undefined;
  /** AWS time, milliseconds since the epoch. */
  readonly startedAt: number;
  /** Wall time as `performance.now` tells it, like the other times of a journey. */
  readonly began: number;
  readonly notes: Notes;
}

/** What is learnt of a request on its way, for the access log and the metrics. */
export interface Notes {
  /** Who signed; `unknown` where the signature did not hold. Absent: nobody did. */
  caller: Identity | "unknown" | undefined;
  deniedBy: Extract<Verdict, { allowed: false }>["reason"] | undefined;
  group: TargetGroup | undefined;
  /** Address and port of the target as they were registered. */
  targetAddress: string | undefined;
  /** When the request was handed to the target. */
  sentAt: number | undefined;
  /** When the target's answer began. */
  answeredAt: number | undefined;
  /** Bytes of the bodies. */
  bodyReceived: number;
  bodySent: number;
  answerHeaders: RawHeaders | undefined;
  grpcStatus: string | undefined;
}

/** Nothing learnt yet. */
export function emptyNotes(): Notes {
  return {
    caller: undefined,
    deniedBy: undefined,
    group: undefined,
    targetAddress: undefined,
    sentAt: undefined,
    answeredAt: undefined,
    bodyReceived: 0,
    bodySent: 0,
    answerHeaders: undefined,
    grpcStatus: undefined,
  };
}

/** The identity behind a signature that held. */
export function identityOf({ caller }: Notes): Identity | undefined {
  return caller === "unknown" ? undefined : caller;
}
