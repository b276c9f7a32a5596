import { PassThrough, type Readable } from "node:stream";
import type { Dispatcher } from "undici";
import type { Failure } from "../../unconfirmed.ts";
import type { Exchange, RawHeaders } from "../exchange.ts";
import type { Journey, Notes } from "../journey.ts";
import type { Outcome } from "../outcome.ts";
import { rawHeadersOf } from "./header-object.ts";
import { answerHeaders } from "./headers.ts";
import { targetError } from "./target-error.ts";

interface Forwarding {
  readonly dispatcher: Dispatcher;
  /** `http://127.0.0.1:4001`. */
  readonly origin: string;
  readonly headers: RawHeaders;
}

/**
 * Sends a request to a target over HTTP/1.1 and the answer back, both bodies as they come. When either side goes away the other is
 * let go. Nothing has been answered when the outcome is `failed`.
 */
export function forwardHttp1(
  { exchange, target, place, notes, requestId }: Journey,
  { dispatcher, origin, headers }: Forwarding,
): Promise<Outcome> {
  const { idleTimeoutMs } = place.service;
  const answering = new Answering(exchange, notes, requestId);
  notes.sentAt = performance.now();
  dispatcher.dispatch(
    {
      origin,
      path: target.pathAndQuery,
      method: exchange.method,
      headers,
      body: exchange.hasBody ? bodyFor(exchange, notes) : null,
      headersTimeout: idleTimeoutMs,
      bodyTimeout: idleTimeoutMs,
    },
    answering,
  );
  return answering.outcome;
}

/** undici destroys a body that it cannot send, and with the caller's own its connection would go, unanswered. */
function bodyFor(exchange: Exchange, notes: Notes): Readable {
  const body = exchange.body();
  body.on("data", (chunk: Buffer) => {
    notes.bodyReceived += chunk.length;
  });
  const passed = new PassThrough();
  passed.on("error", () => undefined);
  body.once("error", (error) => passed.destroy(error));
  return body.pipe(passed);
}

/** Passes an answer back as it comes. */
class Answering implements Dispatcher.DispatchHandler {
  readonly #exchange: Exchange;
  readonly #notes: Notes;
  readonly #requestId: string;
  readonly #resolve: (outcome: Outcome) => void;
  readonly outcome: Promise<Outcome>;
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  /** Bytes of the body that are still to come, where its length is known. */
  #missing: number | undefined;
  #ended = false;
  #gone = false;

  constructor(exchange: Exchange, notes: Notes, requestId: string) {
    this.#exchange = exchange;
    this.#notes = notes;
    this.#requestId = requestId;
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    this.outcome = promise;
    this.#resolve = resolve;
    exchange.onGone(() => {
      this.#gone = true;
      this.#controller?.abort(new Error("the caller went away"));
      resolve({ type: "abandoned", status: this.#status });
    });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#gone) controller.abort(new Error("the caller went away"));
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    parsed: Readonly<Record<string, string | string[] | undefined>>,
    message?: string,
  ): void {
    if (status < 200) return;
    this.#status = status;
    this.#notes.answeredAt = performance.now();
    const headers = answerHeaders(parsed);
    headers.push("x-amzn-requestid", this.#requestId);
    this.#notes.answerHeaders = headers;
    const length = parsed["content-length"];
    if (typeof length === "string" && this.#exchange.method !== "HEAD") this.#missing = Number(length);
    this.#exchange.begin(status, headers, { message });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#notes.bodySent += chunk.length;
    if (this.#missing !== undefined) {
      this.#missing -= chunk.length;
      this.#ended = this.#missing === 0;
      // The end together with the last of the body makes one write of both.
      if (this.#ended) {
        this.#exchange.end(chunk);
        return;
      }
    }
    if (this.#exchange.write(chunk)) return;
    controller.pause();
    this.#exchange.onDrain(() => controller.resume());
  }

  onResponseEnd(_: Dispatcher.DispatchController, trailers: Readonly<Record<string, unknown>>): void {
    if (!this.#ended) this.#exchange.end(undefined, rawHeadersOf(trailers));
    this.#resolve({ type: "answered", status: this.#status });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#resolve(this.#failed(targetError(error)));
  }

  #failed(failure: Failure): Outcome {
    if (this.#gone || this.#exchange.gone) return { type: "abandoned", status: this.#status };
    if (!this.#exchange.begun) return { type: "failed", failure };
    this.#exchange.destroy();
    return { type: "broken", status: this.#status, failure };
  }
}
