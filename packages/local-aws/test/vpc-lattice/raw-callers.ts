import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { LatticeRig } from "./lattice-rig.ts";
import { vpcId } from "./shop-builder.ts";

/** Callers that write bytes themselves. */
export interface RawCallers {
  /** A connection to the gateway of the shop's VPC. */
  opened(rig: Pick<LatticeRig, "lattice">): Promise<Socket>;
  hangUp(): void;
}

export function rawCallers(): RawCallers {
  const sockets: Socket[] = [];
  return {
    async opened({ lattice }) {
      const socket = connect(await lattice.gateway(vpcId), "127.0.0.1");
      socket.on("error", () => undefined);
      sockets.push(socket);
      await once(socket, "connect");
      return socket;
    },
    hangUp() {
      for (const socket of sockets.splice(0)) socket.destroy();
    },
  };
}
