import { type Failure, unconfirmed } from "../unconfirmed.ts";
import type { Exchange } from "./exchange.ts";

/** Answers as Lattice itself, in plain text; a malformed request's connection is not trusted further. */
export function answer(exchange: Exchange, status: number, text: string, requestId: string): void {
  if (exchange.begun || exchange.gone) return;
  const body = Buffer.from(text);
  const headers = [
    "content-type",
    "text/plain",
    "content-length",
    String(body.length),
    "x-amzn-requestid",
    requestId,
  ];
  if (status === 400 && exchange.protocol !== "HTTP/2") headers.push("connection", "close");
  exchange.begin(status, headers);
  exchange.end(body);
}

/** Answers that a request has failed. */
export function answerFailure(exchange: Exchange, failure: Failure, requestId: string): void {
  const { status, body } = unconfirmed.failures[failure];
  answer(exchange, status, body, requestId);
}

/** Answers what a rule says to answer. */
export function answerFixed(exchange: Exchange, status: number, requestId: string): void {
  answer(exchange, status, status === 404 ? "Not Found" : "Internal Server Error", requestId);
}
