import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import type { Readable } from "node:stream";
import { headerObject, headerPairs, rawHeadersOf, withoutPseudo } from "../carriers/header-object.ts";
import { sendTrailers } from "../carriers/send-trailers.ts";
import type { Connection, Exchange, RawHeaders } from "../exchange.ts";

/** A request of HTTP/2: one stream of a connection. */
export class Http2Exchange implements Exchange {
  readonly protocol = "HTTP/2";
  readonly #stream: ServerHttp2Stream;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly connection: Connection;
  #trailers: RawHeaders = [];
  #ownTrailers: RawHeaders = [];
  #ended = false;

  constructor(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    rawHeaders: readonly string[],
    connection: Connection,
  ) {
    this.#stream = stream;
    this.headers = { ...headers, ...repeated(rawHeaders) };
    this.rawHeaders = asHttp1(headers, withoutPseudo(rawHeaders));
    this.connection = connection;
    stream.once("trailers", (trailers) => {
      this.#trailers = rawHeadersOf(trailers);
    });
    // Without any they are sent as the end of the stream.
    stream.once("wantTrailers", () => sendTrailers(stream, this.#ownTrailers));
  }

  get method() {
    return this.headers[":method"] ?? "";
  }

  get url() {
    return this.headers[":path"] ?? "";
  }

  get authority() {
    const { ":authority": authority, host } = this.headers;
    if (authority === undefined) return host;
    return host === undefined || host === authority ? authority : undefined;
  }

  get hasBody() {
    return !this.#stream.endAfterHeaders;
  }

  get begun() {
    return this.#stream.headersSent;
  }

  get gone() {
    // One that was reset is closed before it is destroyed, and can no longer be answered.
    return this.#stream.destroyed || this.#stream.aborted || this.#stream.closed;
  }

  body(idleMs: number): Readable {
    const stream = this.#stream;
    if (this.headers.expect?.toLowerCase() === "100-continue" && !this.gone) {
      stream.additionalHeaders({ ":status": constants.HTTP_STATUS_CONTINUE });
    }
    stream.setTimeout(idleMs, () => stream.close(constants.NGHTTP2_CANCEL));
    return stream.once("end", () => stream.setTimeout(0));
  }

  trailers(): RawHeaders {
    return this.#trailers;
  }

  begin(status: number, headers: RawHeaders, { last = false }: { last?: boolean } = {}): void {
    if (this.gone || this.begun) return;
    const options = { endStream: last, waitForTrailers: !last };
    this.#stream.respond({ ...headerObject(headers), ":status": status }, options);
  }

  write(chunk: Buffer): boolean {
    return this.gone || this.#stream.write(chunk);
  }

  onDrain(resume: () => void): void {
    this.#stream.once("drain", resume);
  }

  end(chunk?: Buffer, trailers: RawHeaders = []): void {
    if (this.gone) return;
    this.#ended = true;
    this.#ownTrailers = trailers;
    if (chunk === undefined) this.#stream.end();
    else this.#stream.end(chunk);
    // Nobody will read what is still to come of the request.
    this.#stream.resume();
  }

  onGone(listener: () => void): void {
    this.#stream.once("close", () => {
      const { rstCode } = this.#stream;
      if (!this.#ended || rstCode !== constants.NGHTTP2_NO_ERROR) listener();
    });
  }

  destroy(): void {
    this.#stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  }
}

/** The authority as a Host, and cookies, which HTTP/2 may crumble, as one. https://www.rfc-editor.org/rfc/rfc9113#section-8.2.3 */
function asHttp1(
  { ":authority": authority, host, cookie }: IncomingHttpHeaders,
  raw: RawHeaders,
): RawHeaders {
  const whole = raw.filter((_, index) => raw[index - (index % 2)] !== "cookie");
  if (authority !== undefined && host === undefined) whole.unshift("host", authority);
  if (cookie !== undefined) whole.push("cookie", cookie);
  return whole;
}

/** All values of each name that was sent more than once: of some Node keeps the first, and a policy would not see the others. */
function repeated(raw: readonly string[]): Record<string, string> {
  const values = Map.groupBy(headerPairs(raw), ([name]) => name);
  values.delete("cookie");
  return Object.fromEntries(
    [...values].flatMap(([name, pairs]) =>
      pairs.length > 1 ? [[name, pairs.map(([, value]) => value).join(", ")]] : [],
    ),
  );
}
