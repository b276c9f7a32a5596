import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Connection, Exchange } from "../exchange.ts";
import { Http1Exchange } from "./http1-exchange.ts";
import { type DoorLimits, headerLimits } from "./limits.ts";

/** Serves sockets that somebody else has accepted. */
export interface Taker {
  take(socket: Socket): void;
  close(): void;
}

/** HTTP/1.1 and 1.0. What is not HTTP, or too much of it, gets a 400 and is let go. */
export function http1Server(
  serve: (exchange: Exchange) => void,
  connectionOf: (socket: Socket) => Connection,
  limits: DoorLimits,
): Taker {
  const queues = new WeakMap<Socket, number>();
  const take = (request: IncomingMessage, response: ServerResponse, expectsContinue: boolean) => {
    const { socket } = request;
    // A response has no socket yet where the answer to an earlier request is still to come.
    if (response.socket === null) {
      const queued = (queues.get(socket) ?? 0) + 1;
      if (queued > limits.requests) return socket.destroy();
      queues.set(socket, queued);
      response.once("close", () => queues.set(socket, (queues.get(socket) ?? 1) - 1));
    }
    serve(new Http1Exchange(request, response, connectionOf(socket), expectsContinue));
  };
  const server = createServer(
    {
      maxHeaderSize: headerLimits.bytes,
      // Else Node would keep the first of some, and a policy would not see what the target sees.
      joinDuplicateHeaders: true,
      keepAliveTimeout: limits.idleMs,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.connectionMs,
      connectionsCheckingInterval: Math.min(limits.headersMs, 10_000),
    },
    (request, response) => take(request, response, false),
  );
  // Without this Node would silently drop headers beyond the first 2,000; they are counted later.
  server.maxHeadersCount = 0;
  server.on("checkContinue", (request, response) => take(request, response, true));
  server.on("clientError", (_, socket) => refuse(socket as Socket));
  server.on("connect", (_, socket) => refuse(socket as Socket));
  // It begins to look after slow callers when it listens, which this one never does itself.
  server.emit("listening");
  return {
    take(socket) {
      server.emit("connection", socket);
      process.nextTick(() => socket.resume());
    },
    close() {
      server.closeAllConnections();
      server.close(() => undefined);
    },
  };
}

const badRequest =
  "HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-type: text/plain\r\ncontent-length: 11\r\n\r\nBad Request";

function refuse(socket: Socket): void {
  if (!socket.writable) return;
  socket.end(badRequest, () => socket.destroy());
}
