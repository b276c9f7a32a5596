import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type RequestTarget, requestTarget } from "./routing/request-target.ts";

/** See https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html and the user guide's page on troubleshooting. */
export const headerLimits = { count: 100, bytes: 60 * 1024 };

/** Where a request wants to go; undefined where it is malformed: HTTP/0.9, two hosts, too many headers, no name. */
export function targetOfRequest(request: IncomingMessage): RequestTarget | undefined {
  const { url = "", headers, rawHeaders, httpVersionMajor } = request;
  if (httpVersionMajor !== 1) return undefined;
  if (rawHeaders.length / 2 > headerLimits.count) return undefined;
  return hostsIn(rawHeaders) > 1 ? undefined : requestTarget(url, headers.host);
}

function hostsIn(rawHeaders: readonly string[]): number {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.length === 4 && rawHeaders[index]?.toLowerCase() === "host") hosts += 1;
  }
  return hosts;
}

/** The caller's own id of the request, cut to 512 bytes, or a new one. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const own = headers["x-amzn-requestid"];
  return typeof own === "string" && own !== "" ? own.slice(0, 512) : randomUUID();
}
