import { createServer, type ServerHttp2Session } from "node:http2";
import type { Socket } from "node:net";
import type { Connection, Exchange } from "../exchange.ts";
import type { Taker } from "./http1-server.ts";
import { Http2Exchange } from "./http2-exchange.ts";
import { type DoorLimits, headerLimits } from "./limits.ts";

/** HTTP/2. */
export function http2Server(
  serve: (exchange: Exchange) => void,
  connectionOf: (socket: Socket) => Connection,
  limits: DoorLimits,
): Taker {
  const sessions = new Map<ServerHttp2Session, Connection>();
  const server = createServer({
    // Pseudo-headers count among them; what is beyond is refused by us, and what is far beyond by Node.
    maxHeaderListPairs: 2 * headerLimits.count,
    settings: { maxConcurrentStreams: limits.requests, maxHeaderListSize: headerLimits.bytes },
  });
  let taken: Socket | undefined;
  server.on("session", (session) => {
    if (taken !== undefined) sessions.set(session, connectionOf(taken));
    session.once("close", () => sessions.delete(session));
    session.setTimeout(limits.idleMs, () => session.close());
  });
  server.on("sessionError", () => undefined);
  server.on("stream", (stream, headers, _flags, rawHeaders: readonly string[] = []) => {
    // A stream that is reset, maybe before it is heard of here, tells so by its close as well.
    stream.on("error", () => undefined);
    const connection = stream.session && sessions.get(stream.session as ServerHttp2Session);
    if (connection === undefined) stream.destroy();
    else serve(new Http2Exchange(stream, headers, rawHeaders, connection));
  });
  return {
    take(socket) {
      taken = socket;
      server.emit("connection", socket);
      taken = undefined;
    },
    close() {
      for (const session of sessions.keys()) session.destroy();
      server.close();
    },
  };
}
