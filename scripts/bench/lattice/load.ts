import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** What a burst of load saw. Latencies are milliseconds, sorted. */
export interface Load {
  readonly requestsPerSecond: number;
  readonly latencies: readonly number[];
}

interface Asked {
  readonly port: number;
  /** The whole request as it goes over the wire, always the same. */
  readonly request: string;
  readonly connections: number;
  readonly milliseconds: number;
  /** Requests a second over all connections; as many as it takes where absent. */
  readonly rate?: number;
}

/**
 * Sends one request over and over on keep-alive connections and counts the answers, each of which must be a 200 with a
 * content-length. It reads and writes sockets itself, so that what is measured is the other side. Rejects on any other answer.
 */
export async function load({ port, request, connections, milliseconds, rate }: Asked): Promise<Load> {
  const bytes = Buffer.from(request, "latin1");
  const latencies: number[] = [];
  const lanes = await Promise.all(Array.from({ length: connections }, () => openLane(port)));
  const began = performance.now();
  const ends = began + milliseconds;
  await Promise.all(
    lanes.map((lane, index) => (rate === undefined ? flatOut(lane) : paced(lane, index, rate))),
  );
  const seconds = (performance.now() - began) / 1000;
  for (const { socket } of lanes) socket.destroy();
  return { requestsPerSecond: latencies.length / seconds, latencies: latencies.sort((a, b) => a - b) };

  async function flatOut(lane: Lane): Promise<void> {
    for (let at = began; at < ends; at = performance.now()) {
      const sent = performance.now();
      await lane.exchange(bytes);
      latencies.push(performance.now() - sent);
    }
  }

  /** Where requests are late, latency counts from when they were due: a stall is not hidden by those it held up. */
  async function paced(lane: Lane, index: number, perSecond: number): Promise<void> {
    const between = (1000 * connections) / perSecond;
    for (let due = began + (between * index) / connections; due < ends; due += between) {
      const early = due - performance.now();
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
      const from = early > 0 ? performance.now() : due;
      await lane.exchange(bytes);
      latencies.push(performance.now() - from);
    }
  }
}

/** The value below which `share` of the sorted values lie. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

interface Lane {
  readonly socket: Socket;
  exchange(bytes: Buffer): Promise<void>;
}

async function openLane(port: number): Promise<Lane> {
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  await once(socket, "connect");
  let answered: (() => void) | undefined;
  let failed: ((error: Error) => void) | undefined;
  let received = "";
  socket.on("data", (chunk) => {
    received += chunk.toString("latin1");
    const end = received.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = /\r\ncontent-length: *(\d+)/i.exec(received.slice(0, end));
    const isOk = received.startsWith("HTTP/1.1 200");
    if (!isOk || length === null) return failed?.(new Error(`unexpected answer: ${received.slice(0, 300)}`));
    if (received.length < end + 4 + Number(length[1])) return;
    received = "";
    answered?.();
  });
  socket.on("close", () => failed?.(new Error("the connection was closed")));
  socket.on("error", (error) => failed?.(error));
  return {
    socket,
    exchange: (bytes) =>
      new Promise((resolve, reject) => {
        answered = resolve;
        failed = reject;
        socket.write(bytes);
      }),
  };
}
