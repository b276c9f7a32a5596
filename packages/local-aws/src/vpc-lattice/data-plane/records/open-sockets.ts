import type { Socket } from "node:net";

/** What has gone over the connections to the targets of a group since it was asked last, and how many are open. */
export interface Traffic {
  readonly open: number;
  readonly received: number;
  readonly sent: number;
}

/** The open connections to the targets of each group; `key` is a group, or one as it is seen from a zone. */
export interface OpenSockets {
  add(key: string, socket: Socket): void;
  take(key: string): Traffic;
}

export function openSockets(): OpenSockets {
  const groups = new Map<string, { readonly open: Map<Socket, Bytes>; closed: Bytes }>();

  return {
    add(key, socket) {
      const group = groups.get(key) ?? { open: new Map(), closed: { received: 0, sent: 0 } };
      groups.set(key, group);
      group.open.set(socket, { received: 0, sent: 0 });
      socket.once("close", () => {
        const { received, sent } = since(socket, group.open.get(socket));
        group.open.delete(socket);
        group.closed = { received: group.closed.received + received, sent: group.closed.sent + sent };
      });
    },
    take(key) {
      const group = groups.get(key);
      if (group === undefined) return { open: 0, received: 0, sent: 0 };
      let { received, sent } = group.closed;
      group.closed = { received: 0, sent: 0 };
      for (const [socket, before] of group.open) {
        const now = since(socket, before);
        received += now.received;
        sent += now.sent;
        group.open.set(socket, { received: socket.bytesRead, sent: socket.bytesWritten });
      }
      if (group.open.size === 0) groups.delete(key);
      return { open: group.open.size, received, sent };
    },
  };
}

interface Bytes {
  readonly received: number;
  readonly sent: number;
}

function since(socket: Socket, before: Bytes = { received: 0, sent: 0 }): Bytes {
  return { received: socket.bytesRead - before.received, sent: socket.bytesWritten - before.sent };
}
