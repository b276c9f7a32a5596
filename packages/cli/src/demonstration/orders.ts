import type { LocalAws } from "@espalier/local-aws";
import { driveOrders } from "@espalier/shop";
import { count, rate } from "../view/numbers.ts";

/** Orders that keep coming, through Lattice, from inside the shop's VPC. */
export interface Orders {
  readonly served: number;
  readonly failed: number;
  /** By the shop itself, well or badly. */
  readonly answered: number;
  /** Resolves when the first order has been served. */
  readonly first: Promise<void>;
  line(): string;
  stop(): Promise<void>;
}

/** Orders a second of wall time; fewer until the first one is served, since Lambda has to start first. */
export const PER_SECOND = 80;
const PER_SECOND_AT_FIRST = 10;

/** Who orders, from where, and what. */
export interface Customers {
  /** The ARN of the role that signs the orders. */
  readonly role: string;
  /** The id of the VPC. */
  readonly vpc: string;
  /** The address that Lattice gave the order service. */
  readonly url: string;
}

/** Starts ordering. */
export async function startOrders(aws: LocalAws, { role, vpc, url }: Customers): Promise<Orders> {
  const gateway = await aws.lattice.gateway(vpc);
  const { account, region, iam } = aws;
  const root = { type: "root", account, arn: `arn:aws:iam::${account}:root` } as const;
  const signer = { region, credentials: iam.credentialsOf(iam.assume(role, "customers", root)) };
  const tally = { served: 0, failed: 0, answered: 0 };
  const reasons = new Map<string, number>();
  const first = Promise.withResolvers<void>();
  const drive = (perSecond: number, signal: AbortSignal) =>
    driveOrders({
      url: `${url}/orders`,
      address: `127.0.0.1:${gateway}`,
      signer,
      perSecond,
      signal,
      onOrder: (result) => {
        tally[result.served ? "served" : "failed"] += 1;
        if (result.status !== undefined) tally.answered += 1;
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
    get answered() {
      return tally.answered;
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
