import { type ClientRequest, type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { Failure } from "../../unconfirmed.ts";
import type { Exchange, RawHeaders } from "../exchange.ts";
import type { Journey } from "../journey.ts";
import type { Outcome } from "../outcome.ts";
import type { ConnectionObserver, Peer } from "../targets/target-connections.ts";
import { headerPairs } from "./header-object.ts";
import { answerHeaders } from "./headers.ts";
import { targetError } from "./target-error.ts";

interface Forwarding {
  readonly observer: ConnectionObserver;
  readonly peer: Peer;
  readonly headers: RawHeaders;
}

/**
 * Sends a request that announces trailers over HTTP/1.1, on a connection of its own: undici cannot send them. Nothing has been
 * answered when the outcome is `failed`.
 */
export function forwardWithTrailers(
  journey: Journey,
  { peer, headers, observer }: Forwarding,
): Promise<Outcome> {
  const { exchange, target, place, notes } = journey;
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const url = new URL(peer.origin);
  const send = peer.scheme === "https" ? requestHttps : requestHttp;
  const sent = send({
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port,
    method: exchange.method,
    path: target.pathAndQuery,
    headers: [...headers, "transfer-encoding", "chunked"],
    agent: false,
    timeout: place.service.idleTimeoutMs,
    rejectUnauthorized: false,
  });
  notes.sentAt = performance.now();
  observe(sent, peer, observer);
  let status = 0;
  const fail = (error: Error) => resolve(failed(exchange, status, targetError(error)));
  exchange.onGone(() => {
    resolve({ type: "abandoned", status });
    sent.destroy();
  });
  sent.on("timeout", () =>
    sent.destroy(Object.assign(new Error("timeout"), { code: "UND_ERR_HEADERS_TIMEOUT" })),
  );
  sent.on("error", fail);
  sent.on("response", (answer) => {
    status = answer.statusCode ?? 0;
    notes.answeredAt = performance.now();
    passBack(journey, answer);
    answer.on("error", fail);
    answer.on("end", () => resolve({ type: "answered", status }));
  });
  sendBody(exchange, sent);
  return promise;
}

function observe(sent: ClientRequest, peer: Peer, observer: ConnectionObserver): void {
  const encrypted = peer.scheme === "https";
  sent.once("socket", (socket) => {
    const early = (error: Error) => observer.failed(peer, error, encrypted);
    socket.once("error", early);
    socket.once(encrypted ? "secureConnect" : "connect", () => {
      socket.off("error", early);
      observer.opened(peer, socket, "http1");
    });
  });
}

function failed(exchange: Exchange, status: number, failure: Failure): Outcome {
  if (exchange.gone) return { type: "abandoned", status };
  if (!exchange.begun) return { type: "failed", failure };
  exchange.destroy();
  return { type: "broken", status, failure };
}

function passBack({ exchange, requestId, notes }: Journey, answer: IncomingMessage): void {
  const headers = answerHeaders(answer.headersDistinct);
  headers.push("x-amzn-requestid", requestId);
  notes.answerHeaders = headers;
  exchange.begin(answer.statusCode ?? 0, headers, { message: answer.statusMessage });
  answer.on("data", (chunk: Buffer) => {
    notes.bodySent += chunk.length;
    if (exchange.write(chunk)) return;
    answer.pause();
    exchange.onDrain(() => answer.resume());
  });
  answer.on("end", () => exchange.end(undefined, answer.rawTrailers));
}

function sendBody(exchange: Exchange, sent: ClientRequest): void {
  const body = exchange.body();
  body.pipe(sent, { end: false });
  body.once("end", () => {
    sent.addTrailers(headerPairs(exchange.trailers()));
    sent.end();
  });
}
