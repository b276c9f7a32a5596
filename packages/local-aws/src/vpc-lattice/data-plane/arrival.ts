import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type RequestTarget, requestTarget } from "./request-target.ts";

/** See https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html and the user guide's page on troubleshooting. */
export const headerLimits = { count: 100, bytes: 60 * 1024 };

/** Where a request wants to go; undefined where it is malformed: HTTP/0.9, two hosts, too many headers, no name. */
export function targetOfRequest(request: IncomingMessage): RequestTarget | undefined {
  const { url = "", headers, rawHeaders, httpVersionMajor } = request;
  if (httpVersionMajor !== 1) return undefined;
  if (rawHeaders.length / 2 > headerLimits.count) return undefined;
  const hosts = rawHeaders.filter((part, index) => index % 2 === 0 && part.toLowerCase() === "host");
  return hosts.length > 1 ? undefined : requestTarget(url, headers.host);
}

/** The caller's own id of the request, cut to 512 bytes, or a new one. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const own = headers["x-amzn-requestid"];
  return typeof own === "string" && own !== "" ? own.slice(0, 512) : randomUUID();
}
