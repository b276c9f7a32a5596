import type { Failure } from "../../unconfirmed.ts";
import { tlsFailed } from "../targets/tls-failed.ts";

const byCode: Readonly<Record<string, Failure>> = {
  ECONNREFUSED: "connectionRefused",
  EHOSTUNREACH: "connectionRefused",
  ENETUNREACH: "connectionRefused",
  EADDRNOTAVAIL: "connectionRefused",
  ENOTFOUND: "connectionRefused",
  UND_ERR_CONNECT_TIMEOUT: "connectionTimeout",
  ETIMEDOUT: "connectionTimeout",
  UND_ERR_HEADERS_TIMEOUT: "targetTimeout",
  UND_ERR_BODY_TIMEOUT: "targetTimeout",
  ECONNRESET: "targetClosed",
  EPIPE: "targetClosed",
  UND_ERR_SOCKET: "targetClosed",
  ERR_HTTP2_STREAM_ERROR: "targetClosed",
  ERR_HTTP2_STREAM_CANCEL: "targetClosed",
  ERR_HTTP2_SESSION_ERROR: "targetClosed",
  ERR_HTTP2_GOAWAY_SESSION: "targetClosed",
  ERR_HTTP2_INVALID_SESSION: "targetClosed",
  ERR_HTTP2_ERROR: "targetProtocol",
  UND_ERR_HEADERS_OVERFLOW: "targetProtocol",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "targetProtocol",
  ERR_INVALID_CHAR: "targetProtocol",
};

/** What an error of the connection to a target means, by the code that Node or undici gave it. */
export function targetError(error: Error): Failure {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  // What the parser refuses has a code of llhttp's, or none.
  if (error.name === "HTTPParserError" || code.startsWith("HPE_")) return "targetProtocol";
  if (tlsFailed(code)) return "connectionRefused";
  return byCode[code] ?? "internal";
}
