import type { Readable } from "node:stream";
import type { Journey } from "../journey.ts";

/** The body of a request as it comes, its bytes counted. */
export function requestBody({ exchange, notes, place }: Journey): Readable {
  return exchange.body(place.service.idleTimeoutMs).on("data", (chunk: Buffer) => {
    notes.bodyReceived += chunk.length;
  });
}
