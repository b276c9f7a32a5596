import type { IncomingMessage, ServerResponse } from "node:http";
import { PassThrough } from "node:stream";
import type { Agent, Dispatcher } from "undici";
import type { Outcome } from "../outcome.ts";
import { answerHeaders, type RawHeaders } from "./headers.ts";
import { targetError } from "./target-error.ts";

interface Forwarding {
  /** `http://127.0.0.1:4001`. */
  readonly origin: string;
  readonly pathAndQuery: string;
  readonly headers: RawHeaders;
  readonly requestId: string;
  readonly idleTimeoutMs: number;
}

/**
 * Sends a request to a target and the answer back, both bodies as they come. When either side goes away the other is let go.
 * Nothing has been answered when the outcome is `failed`.
 */
export function forwardHttp(
  agent: Agent,
  request: IncomingMessage,
  response: ServerResponse,
  { origin, pathAndQuery, headers, requestId, idleTimeoutMs }: Forwarding,
): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  let controller: Dispatcher.DispatchController | undefined;
  let status = 0;
  let gone = false;

  const onClose = () => {
    if (response.writableFinished) return;
    gone = true;
    controller?.abort(new Error("the caller went away"));
    resolve({ type: "abandoned" });
  };
  response.once("close", onClose);

  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(started) {
      controller = started;
      if (gone) started.abort(new Error("the caller went away"));
    },
    onResponseStart(started, statusCode, parsed, statusMessage) {
      if (statusCode < 200) return;
      status = statusCode;
      const connection = parsed.connection;
      const answered = answerHeaders(
        rawHeadersOf(started),
        typeof connection === "string" ? connection : connection?.join(","),
      );
      answered.push("x-amzn-requestid", requestId);
      response.writeHead(statusCode, statusMessage, answered);
    },
    onResponseData(started, chunk) {
      if (response.write(chunk)) return;
      started.pause();
      response.once("drain", () => started.resume());
    },
    onResponseEnd() {
      response.end();
      resolve({ type: "answered", status });
    },
    onResponseError(_, error) {
      if (gone || request.errored) return resolve({ type: "abandoned" });
      const failure = targetError(error);
      if (!response.headersSent) return resolve({ type: "failed", failure });
      response.off("close", onClose);
      response.destroy();
      resolve({ type: "broken", status, failure });
    },
  };
  agent.dispatch(
    {
      origin,
      path: pathAndQuery,
      method: request.method ?? "GET",
      headers,
      // undici destroys a body that it cannot send, and with the request its connection would go, unanswered.
      body: hasBody(request) ? request.pipe(new PassThrough()) : null,
      headersTimeout: idleTimeoutMs,
      bodyTimeout: idleTimeoutMs,
    },
    handler,
  );
  return promise;
}

/** https://www.rfc-editor.org/rfc/rfc9112#section-6.3 */
function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers["content-length"];
  return headers["transfer-encoding"] !== undefined || (length !== undefined && length !== "0");
}

function rawHeadersOf({ rawHeaders }: Dispatcher.DispatchController): RawHeaders {
  if (!Array.isArray(rawHeaders)) return [];
  return rawHeaders.map((part) => (typeof part === "string" ? part : part.toString("latin1")));
}
