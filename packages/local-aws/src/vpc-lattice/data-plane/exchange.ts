import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";

/** Headers as they stand on the wire: name, value, name, value. */
export type RawHeaders = string[];

/** The connection that a request came on. */
export interface Connection {
  readonly address: string;
  /** `127.0.0.1:50123`. */
  readonly sourceIpPort: string;
  /** Absent: plain text. */
  readonly tls:
    | { readonly version: string; readonly cipher: string; readonly serverName: string }
    | undefined;
  /** It has lasted as long as a connection may, and was cut. */
  readonly expired: boolean;
}

/**
 * One request and the way to answer it, the same whichever version of HTTP it came in. An answer is begun once, written to, and
 * ended once; nothing that is called after the caller has gone does anything.
 */
export interface Exchange {
  /** As access logs call it. */
  readonly protocol: "HTTP/1.0" | "HTTP/1.1" | "HTTP/2";
  readonly connection: Connection;
  readonly method: string;
  /** The request's target as sent: a path, or a whole URL. */
  readonly url: string;
  /** The Host header or `:authority`; undefined where there is none, or more than one. */
  readonly authority: string | undefined;
  /** Names in lower case, several values joined. */
  readonly headers: IncomingHttpHeaders;
  /** Without pseudo-headers. */
  readonly rawHeaders: readonly string[];
  readonly hasBody: boolean;
  /** Whether an answer has been begun. */
  readonly begun: boolean;
  /** Whether the caller has gone. */
  readonly gone: boolean;
  /**
   * The body, which a caller that asked for leave to send it is now told to send. One that neither sends nor receives anything for
   * `idleMs` before all of it is there is let go.
   */
  body(idleMs: number): Readable;
  /** The request's trailers, once its body has ended. */
  trailers(): RawHeaders;
  /** `last`: nothing follows the headers. Throws where a header cannot be sent. */
  begin(
    status: number,
    headers: RawHeaders,
    options?: { message?: string | undefined; last?: boolean },
  ): void;
  /** False: wait for `onDrain`. */
  write(chunk: Buffer): boolean;
  onDrain(resume: () => void): void;
  end(chunk?: Buffer, trailers?: RawHeaders): void;
  /** Calls back once if the caller goes before the answer has been sent. */
  onGone(listener: () => void): void;
  /** Breaks the answer off, in a way that the caller can tell from its end. */
  destroy(): void;
}
