import type { Socket } from "node:net";
import { buildConnector, type Dispatcher, Pool } from "undici";
import { headerLimits } from "../door/limits.ts";
import { http2Sessions, type OpenStream } from "./http2-sessions.ts";

/** Hears of the connections that are made to the targets of a group. */
export interface ConnectionObserver {
  opened(to: Connected, socket: Socket, version: "http1" | "http2" | "tcp"): void;
  failed(to: Connected, error: Error, encrypted: boolean): void;
}

/** A group, and the zone of the callers that the connection is for. */
export interface Connected {
  readonly groupId: string;
  readonly zone: string | undefined;
}

/** Where a target of a group is on this machine. */
export interface Peer extends Connected {
  readonly scheme: "http" | "https";
  /** `127.0.0.1:4001`. */
  readonly local: string;
  /** `http://127.0.0.1:4001`. */
  readonly origin: string;
  /** Equal for the same target of the same group, reached from the same zone, alone. */
  readonly key: string;
}

export function peer(groupId: string, scheme: Peer["scheme"], local: string): Peer {
  const origin = `${scheme}://${local}`;
  return { groupId, zone: undefined, scheme, local, origin, key: `${groupId} ${origin}` };
}

/** The same target for callers of a zone, which have connections of their own. */
export function fromZone(peer: Peer, zone: string | undefined): Peer {
  return zone === undefined ? peer : { ...peer, zone, key: `${peer.key} ${zone}` };
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

  const open = (peer: Peer) => {
    const connect = buildConnector({ ...unverified, allowH2: false, timeout: connectTimeout });
    return new Pool(peer.origin, {
      connections: connectionsPerTarget,
      maxHeaderSize: headerLimits.bytes,
      allowH2: false,
      connect: (options, done) =>
        connect(options, (...connected) => {
          const [error, socket] = connected;
          if (error === null) observer.opened(peer, socket, "http1");
          else observer.failed(peer, error, options.protocol === "https:");
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
