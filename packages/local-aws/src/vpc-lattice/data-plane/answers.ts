import type { ServerResponse } from "node:http";
import { type Failure, unconfirmed } from "../unconfirmed.ts";

/** Answers as Lattice itself, in plain text; a malformed request's connection is not trusted further. */
export function answer(response: ServerResponse, status: number, body: string, requestId: string): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    "content-type": "text/plain",
    "content-length": Buffer.byteLength(body),
    "x-amzn-requestid": requestId,
    ...(status === 400 && { connection: "close" }),
  });
  response.end(body);
}

/** Answers that a request has failed. */
export function answerFailure(response: ServerResponse, failure: Failure, requestId: string): void {
  const { status, body } = unconfirmed.failures[failure];
  answer(response, status, body, requestId);
}

/** Answers what a rule says to answer. */
export function answerFixed(response: ServerResponse, status: number, requestId: string): void {
  answer(response, status, status === 404 ? "Not Found" : "Internal Server Error", requestId);
}
