import type { Caller } from "../../../platform.ts";
import { unconfirmed } from "../../unconfirmed.ts";
import type { RawHeaders } from "../exchange.ts";
import { identityOf, type Journey } from "../journey.ts";

/** Adds what Lattice tells a target. See https://docs.aws.amazon.com/vpc-lattice/latest/ug/http-headers.html */
export function addHeaders(headers: RawHeaders, journey: Journey, groupArn: string): void {
  const { place, requestId, source, notes } = journey;
  addForwarded(headers, journey);
  headers.push(
    "x-amzn-requestid",
    requestId,
    "x-amzn-source-vpc",
    source.id,
    "x-amzn-lattice-network",
    `SourceVpcArn=${source.arn}`,
    "x-amzn-lattice-target",
    place.targetHeader(groupArn),
  );
  const caller = identityOf(notes)?.caller;
  if (caller !== undefined) headers.push("x-amzn-lattice-identity", identityHeader(caller));
}

/** The x-forwarded headers, which functions get too. */
export function addForwarded(headers: RawHeaders, { exchange, target }: Journey): void {
  const { address, tls } = exchange.connection;
  const before = exchange.headers["x-forwarded-for"];
  headers.push(
    "x-forwarded-for",
    typeof before !== "string" || !unconfirmed.appendForwardedFor ? address : `${before}, ${address}`,
    "x-forwarded-port",
    String(target.port),
    "x-forwarded-proto",
    tls === undefined ? "http" : "https",
  );
}

/** The name of the session of an assumed role. */
export function sessionName(caller: Caller): string | undefined {
  return caller.type === "role" ? caller.sessionName : undefined;
}

function identityHeader(caller: Caller): string {
  const session = sessionName(caller);
  const parts = [`Principal=${caller.arn}`, ...(session ? [`SessionName=${session}`] : []), "Type=AWS_IAM"];
  return parts.join("; ");
}
