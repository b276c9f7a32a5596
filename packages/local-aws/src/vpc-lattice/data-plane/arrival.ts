import { randomUUID } from "node:crypto";
import { headerLimits } from "./door/limits.ts";
import type { Exchange } from "./exchange.ts";
import { type RequestTarget, requestTarget } from "./routing/request-target.ts";

/** Where a request wants to go; undefined where it is malformed: two hosts, none, too many or too long headers. */
export function targetOfRequest(exchange: Exchange): RequestTarget | undefined {
  const { rawHeaders, url, authority, connection, protocol } = exchange;
  if (rawHeaders.length / 2 > headerLimits.count) return undefined;
  // HTTP/1.1's are measured by the parser.
  if (protocol === "HTTP/2" && sizeOf(rawHeaders) > headerLimits.bytes) return undefined;
  return requestTarget(url, authority, connection.tls !== undefined);
}

/** What is refused although HTTP allows it to be ignored: to become another protocol. Leave to speak HTTP/2 is not taken up. */
export function asksForUpgrade({ headers, protocol }: Exchange): boolean {
  const { upgrade } = headers;
  return upgrade !== undefined && protocol !== "HTTP/2" && upgrade.toLowerCase() !== "h2c";
}

/** The caller's own id of the request, cut to 512 bytes, or a new one. */
export function requestIdOf({ headers }: Exchange): string {
  const own = headers["x-amzn-requestid"];
  return typeof own === "string" && own !== "" ? own.slice(0, 512) : randomUUID();
}

function sizeOf(rawHeaders: readonly string[]): number {
  return rawHeaders.reduce((size, part) => size + part.length + 2, 0);
}
