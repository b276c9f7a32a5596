import type { IncomingMessage } from "node:http";
import { gunzipSync } from "node:zlib";
import { AwsError } from "../aws-error.ts";
import { signedService } from "./authenticate.ts";
import { serializationError } from "./json-body.ts";
import type { WireRequest } from "./protocol.ts";

const mebibyte = 1024 * 1024;

/** What a body may weigh, inflated or not. */
const limits: ReadonlyMap<string, number> = new Map([
  ["dynamodb", 16 * mebibyte],
  ["s3", 256 * mebibyte],
]);
const usualLimit = 7 * mebibyte;

const nothing = Buffer.alloc(0);

/** Reads a request whole. Throws AwsError for a body that is too large or does not inflate. */
export async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(",") : value,
    ]),
  );
  const head = {
    method: incoming.method ?? "GET",
    path: incoming.url ?? "/",
    headers,
    body: nothing,
  };
  const limit = limits.get(signedService(head) ?? "") ?? usualLimit;
  const sent = await readBody(incoming, limit);
  return { ...head, body: sent };
}

/** The request with its body as the signer's client meant it: inflated. The signature covers the compressed one. */
export function inflated(request: WireRequest): WireRequest {
  if (request.headers["content-encoding"] !== "gzip") return request;
  try {
    return { ...request, body: gunzipSync(request.body, { maxOutputLength: usualLimit }) };
  } catch (cause) {
    throw serializationError("the body is not gzip, or too large when inflated", cause);
  }
}

/** Reads on after the limit without keeping anything, so that the client hears the answer; gives up at four times as much. */
async function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer> {
  const { "content-length": length, "transfer-encoding": coding } = incoming.headers;
  if (coding === undefined && (length === undefined || length === "0")) return nothing;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else chunks.length = 0;
    if (size > 4 * limit) break;
  }
  if (size > limit) {
    throw new AwsError("RequestEntityTooLargeException", `the body is larger than ${limit} bytes`, 413);
  }
  return Buffer.concat(chunks);
}
