import type { Caller } from "../../../platform.ts";
import { unconfirmed } from "../../unconfirmed.ts";
import type { RawHeaders } from "./headers.ts";

/** What Lattice knows of a request that it passes on. */
export interface Passage {
  readonly requestId: string;
  readonly clientAddress: string;
  /** What the caller's own x-forwarded-for said. */
  readonly forwardedFor: string | undefined;
  readonly port: number;
  readonly sourceVpcId: string;
  readonly sourceVpcArn: string;
  readonly serviceArn: string;
  readonly networkArn: string;
  readonly targetGroupArn: string;
  /** Absent: anonymous. */
  readonly caller: Caller | undefined;
}

/** See https://docs.aws.amazon.com/vpc-lattice/latest/ug/http-headers.html */
export function addedHeaders(passage: Passage): RawHeaders {
  return [
    ...forwardedHeaders(passage),
    "x-amzn-requestid",
    passage.requestId,
    "x-amzn-source-vpc",
    passage.sourceVpcId,
    "x-amzn-lattice-network",
    `SourceVpcArn=${passage.sourceVpcArn}`,
    "x-amzn-lattice-target",
    `ServiceArn=${passage.serviceArn}; ServiceNetworkArn=${passage.networkArn}; TargetGroupArn=${passage.targetGroupArn}`,
    ...identityHeader(passage.caller),
  ];
}

/** The x-forwarded headers, which functions get too. */
export function forwardedHeaders({ clientAddress, forwardedFor, port }: Passage): RawHeaders {
  return [
    "x-forwarded-for",
    forwardedFor === undefined || !unconfirmed.appendForwardedFor
      ? clientAddress
      : `${forwardedFor}, ${clientAddress}`,
    "x-forwarded-port",
    String(port),
    "x-forwarded-proto",
    "http",
  ];
}

/** The name of the session of an assumed role. */
export function sessionName(caller: Caller): string | undefined {
  return caller.type === "role" ? caller.sessionName : undefined;
}

function identityHeader(caller: Caller | undefined): RawHeaders {
  if (caller === undefined) return [];
  const session = sessionName(caller);
  const parts = [`Principal=${caller.arn}`, ...(session ? [`SessionName=${session}`] : []), "Type=AWS_IAM"];
  return ["x-amzn-lattice-identity", parts.join("; ")];
}
