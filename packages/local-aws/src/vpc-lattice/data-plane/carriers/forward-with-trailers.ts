import { type ClientRequest, type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { Failure } from "../../unconfirmed.ts";
import type { RawHeaders } from "../exchange.ts";
import type { Journey } from "../journey.ts";
import type { Outcome } from "../outcome.ts";
import type { ConnectionObserver, Peer } from "../targets/target-connections.ts";
import { beginAnswer } from "./begin-answer.ts";
import { headerPairs } from "./header-object.ts";
import { trailersBack, trailersOn } from "./headers.ts";
import { requestBody } from "./request-body.ts";
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
  let over = false;
  const settle = (outcome: Outcome) => {
    over = true;
    resolve(outcome);
  };
  const fail = (failure: Failure) => {
    if (over) return;
    if (exchange.gone) return settle({ type: "abandoned", status });
    if (!exchange.begun) return settle({ type: "failed", failure });
    settle({ type: "broken", status, failure });
    exchange.destroy();
  };
  exchange.onGone(() => {
    settle({ type: "abandoned", status });
    sent.destroy();
  });
  sent.on("timeout", () => {
    fail("targetTimeout");
    sent.destroy();
  });
  sent.on("error", (error) => fail(targetError(error)));
  // Whatever else becomes of it: a target may become another protocol unasked.
  sent.on("close", () => fail("targetClosed"));
  sent.on("response", (answer) => {
    if (!passBack(journey, answer)) {
      fail("targetProtocol");
      return sent.destroy();
    }
    status = answer.statusCode ?? 0;
    answer.on("error", (error) => fail(targetError(error)));
    answer.on("end", () => settle({ type: "answered", status }));
  });
  sendBody(journey, sent);
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

function passBack(journey: Journey, answer: IncomingMessage): boolean {
  const { exchange, notes } = journey;
  const { statusCode: status = 0, statusMessage: message, headersDistinct: headers } = answer;
  if (!beginAnswer(journey, { status, headers, message })) return false;
  answer.on("data", (chunk: Buffer) => {
    notes.bodySent += chunk.length;
    if (exchange.write(chunk)) return;
    answer.pause();
    exchange.onDrain(() => answer.resume());
  });
  answer.on("end", () => exchange.end(undefined, trailersBack(answer.rawTrailers)));
  return true;
}

function sendBody(journey: Journey, sent: ClientRequest): void {
  const body = requestBody(journey);
  body.pipe(sent, { end: false });
  body.once("end", () => {
    sent.addTrailers(headerPairs(trailersOn(journey.exchange.trailers())));
    sent.end();
  });
}
