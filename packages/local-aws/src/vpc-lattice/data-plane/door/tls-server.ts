import type { Socket } from "node:net";
import { createServer, type SecureContext } from "node:tls";
import type { Taker } from "./http1-server.ts";
import type { DoorLimits } from "./limits.ts";

/** TLS 1.2 and 1.3, with a certificate for each name; `secured` takes the connection with the protocol that was agreed on. */
export function tlsServer(
  contextOf: (name: string) => Promise<SecureContext | undefined>,
  limits: DoorLimits,
  secured: (socket: Socket, protocol: string | false) => void,
): Taker {
  const server = createServer(
    {
      minVersion: "TLSv1.2",
      ALPNProtocols: ["h2", "http/1.1"],
      handshakeTimeout: limits.headersMs,
      SNICallback(name, give) {
        contextOf(name.toLowerCase()).then(
          (context) => give(context === undefined ? new Error(`no certificate for ${name}`) : null, context),
          (error: Error) => give(error),
        );
      },
    },
    (socket) => {
      socket.on("error", () => undefined);
      secured(socket, socket.alpnProtocol ?? false);
    },
  );
  // A handshake that fails is the caller's.
  server.on("tlsClientError", (_, socket) => void socket.destroy());
  return { take: (socket) => void server.emit("connection", socket), close() {} };
}
