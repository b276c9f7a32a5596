import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { headerLimits } from "../arrival.ts";

type Serve = (vpcId: string, request: IncomingMessage, response: ServerResponse) => void;

/** The doors of Lattice: a loopback port for the callers of each VPC. */
export interface Gateways {
  /** The port of a VPC, opened when first asked for. */
  portOf(vpcId: string): Promise<number>;
  close(): Promise<void>;
}

/** Opens doors on 127.0.0.1. */
export function gateways(serve: Serve): Gateways {
  const servers = new Map<string, Promise<Server>>();
  return {
    async portOf(vpcId) {
      const known = servers.get(vpcId);
      const server = known ?? open((request, response) => serve(vpcId, request, response));
      if (known === undefined) servers.set(vpcId, server);
      const address = (await server).address();
      if (address === null || typeof address === "string") throw new Error("the gateway is closed");
      return address.port;
    },
    async close() {
      const opened = await Promise.all(servers.values());
      await Promise.all(opened.map(closeServer));
    },
  };
}

async function open(serve: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer({ maxHeaderSize: headerLimits.bytes, keepAliveTimeout: 60_000 }, serve);
  // Without this Node would silently drop headers beyond the first 2,000; they are counted later.
  server.maxHeadersCount = 0;
  server.on("clientError", refuse);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

/** What is not HTTP, or too much of it, gets a 400 and is let go. */
function refuse(_: Error, socket: Socket): void {
  if (!socket.writable) return;
  socket.end(
    "HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-type: text/plain\r\ncontent-length: 11\r\n\r\nBad Request",
  );
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
