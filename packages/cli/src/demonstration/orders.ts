import type { LocalAws } from "@espalier/local-aws";
import { driveOrders } from "@espalier/shop";
import { count, rate } from "../view/numbers.ts";

/** Orders that keep coming, through Lattice, from inside the shop's VPC. */
export interface Orders {
  readonly served: number;
  readonly failed: number;
  /** Resolves when the first order has been served. */
  readonly first: Promise<void>;
  line(): string;
  stop(): Promise<void>;
}

/** Orders a second of wall time. */
const PER_SECOND = 80;

/** Starts ordering at `url`, the address that Lattice gave the order service. */
export async function startOrders(aws: LocalAws, vpc: string, url: string): Promise<Orders> {
  const gateway = await aws.lattice.gateway(vpc);
  const stop = new AbortController();
  const tally = { served: 0, failed: 0 };
  const first = Promise.withResolvers<void>();
  const driving = driveOrders({
    url: `${url}/orders`,
    address: `127.0.0.1:${gateway}`,
    perSecond: PER_SECOND,
    signal: stop.signal,
    onOrder: ({ served }) => {
      tally[served ? "served" : "failed"] += 1;
      if (served) first.resolve();
    },
  });
  return {
    first: first.promise,
    get served() {
      return tally.served;
    },
    get failed() {
      return tally.failed;
    },
    line: () =>
      `orders ${count(tally.served)} served, ${count(tally.failed)} failed (${rate(tally.failed, tally.served + tally.failed)})`,
    async stop() {
      stop.abort();
      await driving;
    },
  };
}
