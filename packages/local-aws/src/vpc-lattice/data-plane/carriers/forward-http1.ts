import { PassThrough, type Readable } from "node:stream";
import type { Dispatcher } from "undici";
import type { Failure } from "../../unconfirmed.ts";
import type { Exchange, RawHeaders } from "../exchange.ts";
import type { Journey } from "../journey.ts";
import type { Outcome } from "../outcome.ts";
import { beginAnswer } from "./begin-answer.ts";
import { rawHeadersOf } from "./header-object.ts";
import { trailersBack } from "./headers.ts";
import { requestBody } from "./request-body.ts";
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
  journey: Journey,
  { dispatcher, origin, headers }: Forwarding,
): Promise<Outcome> {
  const { exchange, target, place, notes } = journey;
  const { idleTimeoutMs } = place.service;
  const answering = new Answering(journey);
  notes.sentAt = performance.now();
  dispatcher.dispatch(
    {
      origin,
      path: target.pathAndQuery,
      method: exchange.method,
      headers,
      body: exchange.hasBody ? bodyFor(journey) : null,
      headersTimeout: idleTimeoutMs,
      bodyTimeout: idleTimeoutMs,
    },
    answering,
  );
  return answering.outcome;
}

/** undici destroys a body that it cannot send, and with the caller's own its connection would go, unanswered. */
function bodyFor(journey: Journey): Readable {
  const body = requestBody(journey);
  const passed = new PassThrough();
  passed.on("error", () => undefined);
  body.once("error", (error) => passed.destroy(error));
  return body.pipe(passed);
}

/** Passes an answer back as it comes. */
class Answering implements Dispatcher.DispatchHandler {
  readonly #journey: Journey;
  readonly #exchange: Exchange;
  readonly #resolve: (outcome: Outcome) => void;
  readonly outcome: Promise<Outcome>;
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  /** Bytes of the body that are still to come, where its length is known. */
  #missing: number | undefined;
  #ended = false;
  #gone = false;

  constructor(journey: Journey) {
    const { exchange } = journey;
    this.#journey = journey;
    this.#exchange = exchange;
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
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
    message?: string,
  ): void {
    if (status >= 100 && status < 200) return;
    if (!beginAnswer(this.#journey, { status, headers, message })) {
      this.#resolve({ type: "failed", failure: "targetProtocol" });
      controller.abort(new Error("the answer cannot be passed on"));
      return;
    }
    this.#status = status;
    const length = headers["content-length"];
    if (typeof length === "string" && this.#exchange.method !== "HEAD") this.#missing = Number(length);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#journey.notes.bodySent += chunk.length;
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
    if (!this.#ended) this.#exchange.end(undefined, trailersBack(rawHeadersOf(trailers)));
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
