import type { Caller } from "../../../platform.ts";
import type { TargetGroup } from "../../control-plane/records.ts";
import { unconfirmed } from "../../unconfirmed.ts";
import type { Identity } from "../admission/authorise.ts";
import type { RawHeaders } from "../exchange.ts";
import { identityOf, type Journey } from "../journey.ts";
import { oncePerGroup } from "../routing/find-service.ts";
import { tagPairs } from "../tag-pairs.ts";

/** Adds what Lattice tells a target. See https://docs.aws.amazon.com/vpc-lattice/latest/ug/http-targets.html */
export function addHeaders(headers: RawHeaders, journey: Journey, group: TargetGroup): void {
  const { place, requestId, notes } = journey;
  addForwarded(headers, journey);
  headers.push("x-amzn-requestid", requestId, ...placeHeaders(place, group));
  const identity = identityOf(notes);
  if (identity === undefined) return;
  headers.push("x-amzn-lattice-identity", identityHeader(identity));
  headers.push("x-amzn-lattice-identity-tags", identityTagsHeader(identity));
}

const placeHeaders = oncePerGroup(
  ({ source, network, service }, group): RawHeaders => [
    "x-amzn-source-vpc",
    source.id,
    "x-amzn-lattice-network",
    `SourceVpcArn=${source.arn}`,
    "x-amzn-lattice-target",
    `ServiceArn=${service.arn}; ServiceNetworkArn=${network.arn}; TargetGroupArn=${group?.arn}`,
  ],
);

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

function identityHeader({ caller, organization }: Identity): string {
  const session = sessionName(caller);
  return [
    `Principal=${caller.arn}`,
    ...(organization === undefined ? [] : [`PrincipalOrgID=${organization}`]),
    ...(session === undefined ? [] : [`SessionName=${session}`]),
    "Type=AWS_IAM",
  ].join("; ");
}

function identityTagsHeader({ caller, organization, tags = {} }: Identity): string {
  const parts = [
    `principal=${caller.arn}`,
    ...(organization === undefined ? [] : [`principalorgid=${organization}`]),
    ...tagPairs(tags),
  ];
  // A tag may hold letters of any script; the bytes of a header are written as Latin-1.
  return Buffer.from(parts.join(";")).toString("latin1");
}
