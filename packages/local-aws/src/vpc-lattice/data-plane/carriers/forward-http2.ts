import { type ClientHttp2Stream, constants } from "node:http2";
import type { Exchange, RawHeaders } from "../exchange.ts";
import type { Journey, Notes } from "../journey.ts";
import type { Outcome } from "../outcome.ts";
import type { OpenStream } from "../targets/http2-sessions.ts";
import { beginAnswer } from "./begin-answer.ts";
import { joinedHeaders, rawHeadersOf } from "./header-object.ts";
import { trailersBack, trailersOn } from "./headers.ts";
import { requestBody } from "./request-body.ts";
import { sendTrailers } from "./send-trailers.ts";
import { targetError } from "./target-error.ts";

interface Forwarding {
  readonly open: OpenStream;
  readonly scheme: "http" | "https";
  readonly headers: RawHeaders;
}

/**
 * Sends a request to a target over HTTP/2 and the answer back: bodies as they come, trailers after them, which is all that gRPC
 * needs. When either side goes away the other is let go. Nothing has been answered when the outcome is `failed`.
 */
export function forwardHttp2(journey: Journey, { open, scheme, headers }: Forwarding): Promise<Outcome> {
  const { exchange, target, place, notes } = journey;
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const { host = target.host, ...others } = joinedHeaders(headers);
  const stream = open(
    {
      ...others,
      ":method": exchange.method,
      ":path": target.pathAndQuery,
      ":authority": host,
      ":scheme": scheme,
      ...(/\btrailers\b/i.test(String(exchange.headers.te ?? "")) && { te: "trailers" }),
    },
    { endStream: !exchange.hasBody, waitForTrailers: exchange.hasBody },
  );
  notes.sentAt = performance.now();
  if (exchange.hasBody) sendBody(journey, stream);
  stream.setTimeout(place.service.idleTimeoutMs, () => {
    resolve(ended(exchange, status, "targetTimeout"));
    stream.close(constants.NGHTTP2_CANCEL);
  });

  let status = 0;
  let trailers: RawHeaders = [];
  exchange.onGone(() => {
    resolve({ type: "abandoned", status });
    stream.close(constants.NGHTTP2_CANCEL);
  });
  stream.on("response", (answer, flags) => {
    const last = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    const given = Number(answer[":status"]);
    if (beginAnswer(journey, { status: given, headers: answer, last })) {
      status = given;
      noteStatus(notes, notes.answerHeaders);
    } else {
      resolve({ type: "failed", failure: "targetProtocol" });
      stream.close(constants.NGHTTP2_CANCEL);
    }
  });
  stream.on("data", (chunk: Buffer) => {
    if (status === 0) return;
    notes.bodySent += chunk.length;
    if (exchange.write(chunk)) return;
    stream.pause();
    exchange.onDrain(() => stream.resume());
  });
  stream.on("trailers", (given) => {
    trailers = trailersBack(rawHeadersOf(given));
    noteStatus(notes, trailers);
  });
  // A target may be done before all of the request was sent.
  stream.on("end", () => {
    if (!stream.closed) stream.close();
  });
  stream.on("error", (error) => resolve(ended(exchange, status, targetError(error))));
  stream.on("close", () => {
    if (status > 0 && stream.rstCode === constants.NGHTTP2_NO_ERROR) {
      exchange.end(undefined, trailers);
      resolve({ type: "answered", status });
    } else {
      resolve(ended(exchange, status, "targetClosed"));
    }
  });
  return promise;
}

/** An answer that breaks off must not look whole. */
function ended(
  exchange: Exchange,
  status: number,
  failure: Extract<Outcome, { type: "failed" }>["failure"],
): Outcome {
  if (exchange.gone) return { type: "abandoned", status };
  if (status === 0) return { type: "failed", failure };
  exchange.destroy();
  return { type: "broken", status, failure };
}

function sendBody(journey: Journey, stream: ClientHttp2Stream): void {
  requestBody(journey).pipe(stream);
  stream.once("wantTrailers", () => sendTrailers(stream, trailersOn(journey.exchange.trailers())));
}

function noteStatus(notes: Notes, headers: RawHeaders = []): void {
  const at = headers.indexOf("grpc-status");
  if (at >= 0) notes.grpcStatus = headers[at + 1];
}
