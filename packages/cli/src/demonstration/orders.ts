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

/** Orders a second of wall time; fewer until the first one is served, since Lambda has to start first. */
const PER_SECOND = 80;
const PER_SECOND_AT_FIRST = 10;

/** Starts ordering at `url`, the address that Lattice gave the order service. */
export async function startOrders(aws: LocalAws, vpc: string, url: string): Promise<Orders> {
  const gateway = await aws.lattice.gateway(vpc);
  const tally = { served: 0, failed: 0 };
  const reasons = new Map<string, number>();
  const first = Promise.withResolvers<void>();
  const drive = (perSecond: number, signal: AbortSignal) =>
    driveOrders({
      url: `${url}/orders`,
      address: `127.0.0.1:${gateway}`,
      perSecond,
      signal,
      onOrder: (result) => {
        tally[result.served ? "served" : "failed"] += 1;
        if (result.served) first.resolve();
        else reasons.set(result.reason, (reasons.get(result.reason) ?? 0) + 1);
      },
    });
  const [slow, stop] = [new AbortController(), new AbortController()];
  const beginning = drive(PER_SECOND_AT_FIRST, AbortSignal.any([slow.signal, stop.signal]));
  const driving = first.promise.then(() => {
    slow.abort();
    return drive(PER_SECOND, stop.signal);
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
      `orders ${count(tally.served)} served, ${count(tally.failed)} failed (${rate(tally.failed, tally.served + tally.failed)})${commonest(reasons)}`,
    async stop() {
      stop.abort();
      await beginning;
      // Without a first order the drive at full speed never began.
      if (tally.served > 0) await driving;
    },
  };
}

/** Why most of them failed. */
function commonest(reasons: ReadonlyMap<string, number>): string {
  const [reason] = [...reasons].sort(([, one], [, other]) => other - one)[0] ?? [];
  return reason === undefined ? "" : `; mostly: ${reason}`;
}
