import type { TargetGroup } from "../../control-plane/records.ts";
import type { Verdict } from "../admission/authorise.ts";
import type { Place } from "../routing/find-service.ts";
import { second } from "../second.ts";
import type { LineValues } from "./access-log-line.ts";

/** A connection that was passed through to a target as it was, or refused, and is over. */
export interface FinishedConnection {
  readonly place: Place;
  readonly group: TargetGroup | undefined;
  readonly sourceIpPort: string;
  /** Its address and port as they were registered. */
  readonly targetAddress: string | undefined;
  readonly serverName: string;
  readonly deniedBy: Extract<Verdict, { allowed: false }>["reason"] | undefined;
  readonly bytesReceived: number;
  /** None: no target took the connection, for a TLS server answers the first that it hears. */
  readonly bytesSent: number;
  /** AWS time, milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds of wall time. */
  readonly durationMs: number;
  readonly expired: boolean;
}

/** What its line of an access log says that others do not. What only HTTP has is empty. */
export function connectionValues(connection: FinishedConnection): LineValues {
  const { place, deniedBy, targetAddress, serverName } = connection;
  const guarded = place.network.guard !== undefined || place.service.guard !== undefined;
  return {
    resolvedUser: guarded ? "Anonymous" : "-",
    authDeniedReason: deniedBy ?? "-",
    sourceIpPort: connection.sourceIpPort,
    targetIpPort: targetAddress ?? "-",
    failureReason: failureReason(connection),
    startTime: second(connection.startedAt),
    requestMethod: "-",
    requestPath: "-",
    protocol: "-",
    responseCode: 0,
    bytesReceived: connection.bytesReceived,
    bytesSent: connection.bytesSent,
    duration: Math.round(connection.durationMs),
    userAgent: "-",
    hostHeader: "-",
    serverNameIndication: serverName,
    requestToTargetDuration: 0,
    responseFromTargetDuration: 0,
    grpcResponseCode: "-",
    requestId: "-",
    sslCipher: "-",
    tlsVersion: "-",
    callerPrincipal: "-",
    callerPrincipalOrgID: "-",
    callerPrincipalTags: "-",
  };
}

function failureReason({ deniedBy, bytesSent, expired }: FinishedConnection): string {
  if (deniedBy !== undefined) return "ClientAccessDenied";
  if (expired) return "ConnectionDurationExceeded";
  return bytesSent === 0 ? "TargetConnectionError" : "-";
}
