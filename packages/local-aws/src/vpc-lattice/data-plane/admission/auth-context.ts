import type { IncomingHttpHeaders } from "node:http";
import type { AccessRequest } from "@espalier/policy";
import { tagKeys } from "../../../iam/tags.ts";
import type { RequestTarget } from "../routing/request-target.ts";
import type { Identity } from "./authorise.ts";

interface Asked {
  readonly target: RequestTarget;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly clientAddress: string;
  readonly networkArn: string;
  readonly serviceArn: string;
  readonly sourceVpcId: string;
  readonly account: string;
  /** Who signed, where anybody did. */
  readonly identity: Identity | undefined;
  /** `aws:ResourceTag/…`. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The condition keys of a request. See https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html */
export function authContext(asked: Asked): AccessRequest["context"] {
  const { target, identity } = asked;
  return {
    ...asked.tags,
    ...requestHeaders(asked.headers),
    ...queryStrings(target),
    ...tagKeys("PrincipalTag", identity?.tags),
    ...(identity?.organization !== undefined && { "aws:PrincipalOrgID": identity.organization }),
    "aws:SourceIp": asked.clientAddress,
    "vpc-lattice-svcs:Port": String(target.port),
    "vpc-lattice-svcs:RequestMethod": asked.method,
    "vpc-lattice-svcs:RequestPath": target.path,
    "vpc-lattice-svcs:ServiceNetworkArn": asked.networkArn,
    "vpc-lattice-svcs:ServiceArn": asked.serviceArn,
    "vpc-lattice-svcs:SourceVpc": asked.sourceVpcId,
    "vpc-lattice-svcs:SourceVpcOwnerAccount": asked.account,
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
