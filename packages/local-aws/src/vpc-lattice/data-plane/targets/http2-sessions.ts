import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  type OutgoingHttpHeaders,
} from "node:http2";
import { connect as connectSocket, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { ConnectionObserver, Peer } from "./target-connections.ts";

/** Begins a request on a connection of HTTP/2. */
export type OpenStream = (
  headers: OutgoingHttpHeaders,
  options: { readonly endStream: boolean; readonly waitForTrailers: boolean },
) => ClientHttp2Stream;

/** Connections of HTTP/2 to targets. */
export interface Http2Sessions {
  /** One with room for another request. Rejects with the error of the connection. */
  stream(peer: Peer): Promise<OpenStream>;
  close(): void;
}

interface Settings {
  /** Milliseconds of wall time. */
  readonly connectTimeout: number;
  readonly tls: { readonly rejectUnauthorized: boolean };
}

interface Counted {
  readonly session: ClientHttp2Session;
  streams: number;
}

/** Requests at a time on one connection, where the target allows as many. */
const mostStreams = 100;

/** An idle connection is kept for so long, in milliseconds of wall time. */
const idle = 60_000;

export function http2Sessions(observer: ConnectionObserver, settings: Settings): Http2Sessions {
  const open = new Map<string, Set<Counted>>();
  const connecting = new Map<string, Promise<Counted>>();

  const start = async (peer: Peer) => {
    const { key } = peer;
    const counted = { session: await connected(observer, peer, settings), streams: 0 };
    const forget = () => void open.get(key)?.delete(counted);
    counted.session.once("close", forget);
    counted.session.once("goaway", forget);
    counted.session.setTimeout(idle, () => counted.session.close());
    open.set(key, (open.get(key) ?? new Set()).add(counted));
    return counted;
  };

  return {
    async stream(peer) {
      const { key } = peer;
      for (const counted of open.get(key) ?? []) if (hasRoom(counted)) return streamOn(counted);
      const begun = connecting.get(key) ?? start(peer);
      connecting.set(key, begun);
      return streamOn(await begun.finally(() => connecting.delete(key)));
    },
    close() {
      for (const sessions of open.values()) for (const { session } of sessions) session.destroy();
    },
  };
}

function connected(
  observer: ConnectionObserver,
  peer: Peer,
  { connectTimeout, tls }: Settings,
): Promise<ClientHttp2Session> {
  const { promise, resolve, reject } = Promise.withResolvers<ClientHttp2Session>();
  const url = new URL(peer.origin);
  const socket = socketTo(url, tls);
  const session = connect(url, { createConnection: () => socket });
  const patience = setTimeout(() => session.destroy(failure("ETIMEDOUT")), connectTimeout);
  let isOpen = false;
  session.once("connect", () => {
    isOpen = true;
    clearTimeout(patience);
    observer.opened(peer, socket, "http2");
    resolve(session);
  });
  session.on("error", (error) => {
    if (!isOpen) observer.failed(peer, error, url.protocol === "https:");
    reject(error);
  });
  session.once("close", () => {
    clearTimeout(patience);
    reject(failure("ECONNRESET"));
  });
  return promise;
}

function socketTo({ protocol, hostname, port }: URL, tls: Settings["tls"]): Socket {
  const address = { host: hostname.replace(/^\[(.*)\]$/, "$1"), port: Number(port) };
  return protocol === "https:"
    ? connectTls({ ...address, ...tls, ALPNProtocols: ["h2"] })
    : connectSocket({ ...address, noDelay: true });
}

function hasRoom({ session, streams }: Counted): boolean {
  if (session.closed || session.destroyed) return false;
  return streams < Math.min(session.remoteSettings.maxConcurrentStreams ?? mostStreams, mostStreams);
}

function streamOn(counted: Counted): OpenStream {
  return (headers, options) => {
    const stream = counted.session.request(headers, options);
    counted.streams += 1;
    stream.once("close", () => {
      counted.streams -= 1;
    });
    return stream;
  };
}

function failure(code: string): Error {
  return Object.assign(new Error(`the connection to the target ended: ${code}`), { code });
}
