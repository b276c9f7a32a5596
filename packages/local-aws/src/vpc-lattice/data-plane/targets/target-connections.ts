import type { Socket } from "node:net";
import { buildConnector, type Dispatcher, Pool } from "undici";
import { headerLimits } from "../door/limits.ts";
import { http2Sessions, type OpenStream } from "./http2-sessions.ts";

/** Hears of the connections that are made to the targets of a group. */
export interface ConnectionObserver {
  opened(groupId: string, socket: Socket, version: "http1" | "http2" | "tcp"): void;
  failed(groupId: string, error: Error, encrypted: boolean): void;
}

/** Where a target of a group is on this machine. */
export interface Peer {
  readonly groupId: string;
  readonly scheme: "http" | "https";
  /** `127.0.0.1:4001`. */
  readonly local: string;
  /** `http://127.0.0.1:4001`. */
  readonly origin: string;
  /** Equal for the same target of the same group alone. */
  readonly key: string;
}

export function peer(groupId: string, scheme: Peer["scheme"], local: string): Peer {
  const origin = `${scheme}://${local}`;
  return { groupId, scheme, local, origin, key: `${groupId} ${origin}` };
}

/** Connections to targets, kept for the next request. */
export interface TargetConnections {
  /** Over HTTP/1.1. */
  dispatcher(peer: Peer): Dispatcher;
  /** Over HTTP/2, encrypted or with prior knowledge. Rejects with the error of the connection. */
  stream(peer: Peer): Promise<OpenStream>;
  close(): Promise<void>;
}

/** How long a target may take to accept a connection, in milliseconds of wall time. */
const connectTimeout = 10_000;

/** More requests at a time to one target wait for a connection. */
const connectionsPerTarget = 1000;

/** So many pools are kept, so that a long run whose targets move about has a bounded size. */
const mostPools = 2000;

/** The certificates of targets are not verified: https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-groups.html */
const unverified = { rejectUnauthorized: false };

export function targetConnections(observer: ConnectionObserver): TargetConnections {
  const pools = new Map<string, Pool>();
  const sessions = http2Sessions(observer, { connectTimeout, tls: unverified });

  const open = ({ groupId, origin }: Peer) => {
    const connect = buildConnector({ ...unverified, allowH2: false, timeout: connectTimeout });
    return new Pool(origin, {
      connections: connectionsPerTarget,
      maxHeaderSize: headerLimits.bytes,
      allowH2: false,
      connect: (options, done) =>
        connect(options, (...connected) => {
          const [error, socket] = connected;
          if (error === null) observer.opened(groupId, socket, "http1");
          else observer.failed(groupId, error, options.protocol === "https:");
          done(...connected);
        }),
    });
  };

  return {
    dispatcher(peer) {
      const known = pools.get(peer.key);
      if (known !== undefined) return known;
      const pool = open(peer);
      pools.set(peer.key, pool);
      const [oldest] = pools;
      if (pools.size > mostPools && oldest !== undefined) {
        pools.delete(oldest[0]);
        void oldest[1].close();
      }
      return pool;
    },
    stream: sessions.stream,
    async close() {
      sessions.close();
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}
