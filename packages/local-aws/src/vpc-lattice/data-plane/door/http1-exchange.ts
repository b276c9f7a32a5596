import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { headerPairs } from "../carriers/header-object.ts";
import { endOfTurn } from "../end-of-turn.ts";
import type { Connection, Exchange, RawHeaders } from "../exchange.ts";

/** Up to this size a chunk goes out in one write with the headers before it. */
const smallChunk = 16 * 1024;

/** https://www.rfc-editor.org/rfc/rfc9112#section-4-9 */
const reason = /^[\t\x20-\x7e\x80-\xff]*$/;

/** A request of HTTP/1.1 or 1.0. `expectsContinue`: its caller waits for leave to send the body. */
export class Http1Exchange implements Exchange {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly connection: Connection;
  #expectsContinue: boolean;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    connection: Connection,
    expectsContinue: boolean,
  ) {
    this.#request = request;
    this.#response = response;
    this.connection = connection;
    this.#expectsContinue = expectsContinue;
  }

  get protocol() {
    return this.#request.httpVersionMinor === 0 ? "HTTP/1.0" : "HTTP/1.1";
  }

  get method() {
    return this.#request.method ?? "";
  }

  get url() {
    return this.#request.url ?? "";
  }

  get authority() {
    // HTTP/0.9 has no headers, and is no longer spoken.
    if (this.#request.httpVersionMajor !== 1 || hosts(this.rawHeaders) > 1) return undefined;
    return this.headers.host;
  }

  get headers() {
    return this.#request.headers;
  }

  get rawHeaders(): readonly string[] {
    return this.#request.rawHeaders;
  }

  /** https://www.rfc-editor.org/rfc/rfc9112#section-6.3 */
  get hasBody() {
    const length = this.headers["content-length"];
    return this.headers["transfer-encoding"] !== undefined || (length !== undefined && length !== "0");
  }

  get begun() {
    return this.#response.headersSent;
  }

  get gone() {
    return this.#response.destroyed;
  }

  body(idleMs: number): Readable {
    if (this.#expectsContinue) this.#response.writeContinue();
    this.#expectsContinue = false;
    const { socket } = this.#request;
    // Node destroys a connection whose time-out nobody listens to.
    socket.setTimeout(idleMs);
    return this.#request.once("end", () => {
      // From the end of the answer on, the connection's time-out is that between requests.
      if (!this.#response.writableFinished) socket.setTimeout(0);
    });
  }

  trailers(): RawHeaders {
    return this.#request.rawTrailers;
  }

  begin(status: number, headers: RawHeaders, { message }: { message?: string | undefined } = {}): void {
    if (this.gone || this.begun) return;
    // What was never asked for may still come, and would be read as the next request.
    if (this.#expectsContinue) headers.push("connection", "close");
    // Node would remember a reason that it cannot send, and refuse every later answer for it.
    if (message === undefined || !reason.test(message)) this.#response.writeHead(status, headers);
    else this.#response.writeHead(status, message, headers);
  }

  write(chunk: Buffer): boolean {
    return this.#response.write(chunk);
  }

  onDrain(resume: () => void): void {
    this.#response.once("drain", resume);
  }

  end(chunk?: Buffer, trailers: RawHeaders = []): void {
    if (trailers.length > 0) this.#response.addTrailers(headerPairs(trailers));
    if (chunk === undefined) this.#response.end();
    else if (chunk.length > smallChunk || trailers.length > 0) this.#response.end(chunk);
    else sendLast({ response: this.#response, text: chunk.toString("latin1") });
  }

  onGone(listener: () => void): void {
    this.#response.once("close", () => {
      if (!this.#response.writableFinished) listener();
    });
  }

  destroy(): void {
    this.#response.destroy();
  }
}

/** Headers and text go out in one write; by end(text) alone they would be copied into a list with an empty one. */
const sendLast = endOfTurn(({ response, text }: { response: ServerResponse; text: string }) => {
  const { socket } = response;
  socket?.cork();
  response.write(text, "latin1");
  socket?.uncork();
  response.end();
});

function hosts(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === "host") count += 1;
  }
  return count;
}
