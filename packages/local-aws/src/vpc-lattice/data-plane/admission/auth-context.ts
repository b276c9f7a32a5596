import type { IncomingHttpHeaders } from "node:http";
import type { AccessRequest } from "@espalier/policy";
import { tagKeys } from "../../../iam/tags.ts";
import { placeOf } from "../../control-plane/ownership.ts";
import type { Place } from "../routing/find-service.ts";
import type { RequestTarget } from "../routing/request-target.ts";
import { second } from "../second.ts";
import type { Identity } from "./authorise.ts";

/** The connection that something is asked on. */
interface Asking {
  readonly clientAddress: string;
  readonly encrypted: boolean;
  /** AWS time, milliseconds since the epoch. */
  readonly at: number;
}

interface Asked extends Asking {
  readonly target: RequestTarget;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** Who signed, where anybody did. */
  readonly identity: Identity | undefined;
}

/** The condition keys of a request. See https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html */
export function authContext(place: Place, asked: Asked): AccessRequest["context"] {
  const { target, identity } = asked;
  return {
    ...connectionContext(place, asked),
    ...requestHeaders(asked.headers),
    ...queryStrings(target),
    ...tagKeys("PrincipalTag", identity?.tags),
    ...(identity?.organization !== undefined && { "aws:PrincipalOrgID": identity.organization }),
    "vpc-lattice-svcs:Port": String(target.port),
    "vpc-lattice-svcs:RequestMethod": asked.method,
    "vpc-lattice-svcs:RequestPath": target.path,
  };
}

/** Those of them that a connection has of which nothing is read. */
export function connectionContext(
  { source, network, service }: Place,
  { clientAddress, encrypted, at }: Asking,
): AccessRequest["context"] {
  return {
    ...service.tags,
    "aws:CurrentTime": second(at),
    "aws:EpochTime": String(Math.floor(at / 1000)),
    "aws:SecureTransport": String(encrypted),
    "aws:SourceIp": clientAddress,
    "vpc-lattice-svcs:ServiceNetworkArn": network.arn,
    "vpc-lattice-svcs:ServiceArn": service.arn,
    "vpc-lattice-svcs:SourceVpc": source.id,
    "vpc-lattice-svcs:SourceVpcOwnerAccount": placeOf(source.arn).account,
  };
}

function requestHeaders(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const context: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !name.startsWith(":"))
      context[`vpc-lattice-svcs:RequestHeader/${name}`] = value;
  }
  return context;
}

function queryStrings({ path, pathAndQuery }: RequestTarget): Record<string, string[]> {
  if (path.length === pathAndQuery.length) return {};
  const context: Record<string, string[]> = {};
  for (const [key, value] of new URLSearchParams(pathAndQuery.slice(path.length + 1))) {
    const name = `vpc-lattice-svcs:RequestQueryString/${key}`;
    const values = context[name] ?? [];
    // A query may say one key thirty thousand times, which is too often to copy each time.
    values.push(value);
    context[name] = values;
  }
  return context;
}
