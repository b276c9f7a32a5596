import type { Exchange } from "../exchange.ts";
import type { Journey } from "../journey.ts";
import { answerHeaders } from "./headers.ts";

interface TargetAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly message?: string | undefined;
  /** Nothing follows the headers. */
  readonly last?: boolean;
}

/** Begins to pass a target's answer back; false, and nothing is begun, where it is none that can be sent on. */
export function beginAnswer(
  { exchange, requestId, notes }: Journey,
  { status, headers: given, message, last = false }: TargetAnswer,
): boolean {
  if (status < 200) return false;
  notes.answeredAt = performance.now();
  const headers = answerHeaders(given.trailer === undefined ? given : announcing(given, status, exchange));
  headers.push("x-amzn-requestid", requestId);
  try {
    exchange.begin(status, headers, { message, last });
  } catch {
    return false;
  }
  notes.answerHeaders = headers;
  return true;
}

/** Trailers are announced only where they can follow, in HTTP/1 after chunks: Node refuses them elsewhere. */
function announcing(
  given: TargetAnswer["headers"],
  status: number,
  { method, protocol }: Exchange,
): TargetAnswer["headers"] {
  const bodiless = method === "HEAD" || status === 204 || status === 304;
  if (!bodiless && given["content-length"] === undefined && protocol !== "HTTP/1.0") return given;
  const { trailer: _, ...others } = given;
  return others;
}
