import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { Connection } from "../exchange.ts";

/** The connections that are open at a door. */
export interface OpenConnections {
  /** Keeps track of an accepted socket until it closes, and cuts it when its time is over. */
  add(socket: Socket): void;
  /** The connection that a socket belongs to, of which TLS makes a second one. */
  of(socket: Socket): Connection;
  /** Cuts all. */
  destroy(): void;
}

/** `lifeMs`: how long one may last. */
export function openConnections(lifeMs: number): OpenConnections {
  const open = new Map<string, { readonly socket: Socket; expired: boolean }>();
  const known = new WeakMap<Socket, Connection>();

  return {
    add(socket) {
      const key = keyOf(socket);
      const entry = { socket, expired: false };
      open.set(key, entry);
      const end = setTimeout(() => {
        entry.expired = true;
        socket.destroy();
      }, lifeMs);
      end.unref();
      socket.once("close", () => {
        clearTimeout(end);
        open.delete(key);
      });
    },
    of(socket) {
      const before = known.get(socket);
      if (before !== undefined) return before;
      const entry = open.get(keyOf(socket));
      const { remoteAddress: address = "127.0.0.1", remotePort: port = 0 } = socket;
      const connection: Connection = {
        address,
        sourceIpPort: `${address}:${port}`,
        tls: socket instanceof TLSSocket ? tlsOf(socket) : undefined,
        get expired() {
          return entry?.expired === true;
        },
      };
      known.set(socket, connection);
      return connection;
    },
    destroy() {
      for (const { socket } of open.values()) socket.destroy();
    },
  };
}

function keyOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

function tlsOf(socket: TLSSocket): Connection["tls"] {
  const { servername } = socket as { readonly servername?: string | false };
  return {
    version: socket.getProtocol() ?? "",
    cipher: socket.getCipher().name,
    serverName: typeof servername === "string" ? servername : "",
  };
}
