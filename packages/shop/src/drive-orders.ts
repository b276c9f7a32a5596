import { Agent, request } from "node:http";
import { requestSigner, type SignableRequest, type SignerOptions } from "@espalier/signed-fetch";

/** What became of one order. Wall time. */
export type OrderResult =
  | { readonly served: true; readonly status: number; readonly milliseconds: number }
  | {
      readonly served: false;
      readonly status?: number;
      readonly reason: string;
      readonly milliseconds: number;
    };

const TICK_MS = 10;
const TIMEOUT_MS = 15_000;
const IN_FLIGHT = 200;
const ITEMS = ["trellis", "apple-cordon", "training-wire", "pear-fan", "fig-fan"];

/**
 * Posts orders to `url` at a steady rate, however long the answers take, until `signal` aborts; resolves when the last one
 * under way has ended. An order that would be one too many in flight is not sent and fails. `address` (`127.0.0.1:4001`)
 * stands for what DNS would answer. With a `signer`, orders are signed for VPC Lattice.
 */
export async function driveOrders({
  url,
  address,
  signer,
  perSecond,
  signal,
  onOrder,
}: {
  readonly url: string;
  readonly address?: string;
  readonly signer?: SignerOptions;
  readonly perSecond: number;
  readonly signal: AbortSignal;
  readonly onOrder: (result: OrderResult) => void;
}): Promise<void> {
  if (!(perSecond > 0)) throw new RangeError(`perSecond is ${perSecond}; it is a number above 0`);
  const target = new URL(url);
  const at = new URL(`http://${address ?? target.host}`);
  const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
  const sign = signer === undefined ? unsigned : requestSigner(signer);
  const underWay = new Set<Promise<void>>();
  let sent = 0;

  const order = () => {
    const body = JSON.stringify(orderNumber(sent));
    sent += 1;
    if (underWay.size >= IN_FLIGHT) {
      onOrder({ served: false, reason: `${IN_FLIGHT} orders are in flight already`, milliseconds: 0 });
      return;
    }
    const headers = { "content-type": "application/json" };
    const posting = sign({ method: "POST", url: target, headers })
      .then((signed) => post({ agent, at, target, body, headers: signed }))
      .then((result) => {
        underWay.delete(posting);
        onOrder(result);
      });
    underWay.add(posting);
  };

  const start = performance.now();
  const timer = setInterval(() => {
    const due = Math.ceil(((performance.now() - start) / 1000) * perSecond);
    // After a pause of this process, no more than a second's worth is made up for.
    sent = Math.max(sent, due - Math.ceil(perSecond));
    while (sent < due) order();
  }, TICK_MS);
  await aborted(signal);
  clearInterval(timer);
  await Promise.all(underWay);
  agent.destroy();
}

function orderNumber(number: number) {
  return {
    customer: `customer-${number % 97}`,
    item: ITEMS[number % ITEMS.length],
    quantity: 1 + (number % 3),
  };
}

interface Posting {
  readonly agent: Agent;
  readonly at: URL;
  readonly target: URL;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const unsigned = async ({ url, headers }: SignableRequest): Promise<Record<string, string>> => ({
  ...headers,
  host: url.host,
});

function post({ agent, at, target, body, headers }: Posting): Promise<OrderResult> {
  const startedAt = performance.now();
  const took = () => performance.now() - startedAt;
  return new Promise((resolve) => {
    const posting = request({
      agent,
      method: "POST",
      host: at.hostname.replace(/^\[(.*)\]$/, "$1"),
      port: at.port || 80,
      path: target.pathname + target.search,
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    posting.on("error", (error) => resolve({ served: false, reason: error.message, milliseconds: took() }));
    posting.on("response", (response) => {
      const { statusCode: status = 0 } = response;
      response.on("error", (error) =>
        resolve({ served: false, status, reason: error.message, milliseconds: took() }),
      );
      response.on("end", () =>
        resolve(
          status >= 200 && status < 300
            ? { served: true, status, milliseconds: took() }
            : { served: false, status, reason: `answered ${status}`, milliseconds: took() },
        ),
      );
      response.resume();
    });
    posting.end(body);
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
