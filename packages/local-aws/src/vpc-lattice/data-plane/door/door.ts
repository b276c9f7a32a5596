import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import type { SecureContext } from "node:tls";
import { unconfirmed } from "../../unconfirmed.ts";
import type { Exchange } from "../exchange.ts";
import { longestHello, type Speech, serverName, speech } from "./client-hello.ts";
import { openConnections } from "./connections.ts";
import { http1Server } from "./http1-server.ts";
import { http2Server } from "./http2-server.ts";
import type { DoorLimits } from "./limits.ts";
import type { SealedConnection } from "./pass-through.ts";
import { tlsServer } from "./tls-server.ts";

/** What is behind a door. */
export interface House {
  serve(exchange: Exchange): void;
  /** The certificate for a name that a caller asks for; undefined where there is none. */
  contextOf(name: string): Promise<SecureContext | undefined>;
  /** Takes a TLS connection as it is; false: it is to be ended here. */
  passThrough(sealed: SealedConnection): boolean;
}

/** A port on 127.0.0.1 that speaks HTTP/1.1, HTTP/2 with prior knowledge, and both over TLS. */
export interface Door {
  readonly port: number;
  close(): Promise<void>;
}

/** Opens a door; `port` 0 takes a free one. Rejects with the server's error where the port is taken. */
export async function openDoor(house: House, limits: DoorLimits, port = 0): Promise<Door> {
  const connections = openConnections(limits.connectionMs);
  const http1 = http1Server(house.serve, connections.of, limits);
  const http2 = http2Server(house.serve, connections.of, limits);
  const tls = tlsServer(house.contextOf, limits, (socket, protocol) =>
    protocol === "h2" ? http2.take(socket) : http1.take(socket),
  );
  const takers = { http1, http2, tls };

  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => undefined);
    connections.add(socket);
    listen(socket, limits.headersMs, (speaks, name) => {
      if (speaks === "tls" && house.passThrough({ socket, name, connection: connections.of(socket) })) return;
      const taker = speaks === "http2" && !unconfirmed.http2InPlainText ? http1 : takers[speaks];
      taker.take(socket);
    });
  });
  server.maxConnections = limits.connections;
  await listening(server, port);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the door is not open");

  return {
    port: address.port,
    async close() {
      const closed = once(server, "close");
      server.close();
      connections.destroy();
      await closed;
      http1.close();
      http2.close();
    },
  };
}

/** Reads as much of a new connection as tells what it speaks, and puts it back. */
function listen(socket: Socket, patienceMs: number, heard: (speaks: Speech, name: string) => void): void {
  let first: Buffer = Buffer.alloc(0);
  const give = () => socket.destroy();
  socket.setTimeout(patienceMs, give);
  // A caller that says nothing and leaves.
  socket.once("end", give);
  socket.on("data", function more(chunk: Buffer) {
    first = first.length === 0 ? chunk : Buffer.concat([first, chunk]);
    const speaks = speech(first);
    const name = speaks === "tls" ? serverName(first) : "";
    if (speaks === undefined || (name === undefined && first.length <= longestHello)) return;
    socket.off("data", more);
    socket.off("end", give);
    socket.setTimeout(0);
    socket.off("timeout", give);
    socket.pause();
    socket.unshift(first);
    heard(speaks, name ?? "");
  });
}

async function listening(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, "127.0.0.1", resolve);
  await promise;
  server.off("error", reject);
}
