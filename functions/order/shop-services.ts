import * as z from "zod";
import type { Order } from "./read-order.ts";
import type { ServiceName } from "./service-urls.ts";

const Stock = z.object({ available: z.int(), price: z.int() });
const Delivery = z.object({ days: z.int() });

/** Cents. */
type Amount = number;
type Numbered = Order & { readonly order: string };

/** The services that an order needs. Each call throws StepFailed where it does not succeed. */
export interface ShopServices {
  /** undefined where there is no such item. */
  stockOf(item: string): Promise<{ readonly available: number; readonly price: Amount } | undefined>;
  charge(order: Numbered, amount: Amount): Promise<void>;
  deliver(order: Numbered): Promise<{ readonly days: number }>;
}

export type Step = "stock" | "payment" | "delivery";

/** A step of an order that failed: `status` is what the service answered, if it did. */
export class StepFailed extends Error {
  override readonly name = "StepFailed";
  readonly step: Step;
  readonly status: number | undefined;
  readonly timedOut: boolean;

  constructor(
    step: Step,
    message: string,
    options: ErrorOptions & { status?: number; timedOut?: boolean } = {},
  ) {
    super(message, options);
    this.step = step;
    this.status = options.status;
    this.timedOut = options.timedOut ?? false;
  }
}

/** The shop's services over HTTP; `fetch` signs, `timeoutMs` is wall time for one call. */
export function shopServices({
  urls,
  fetch,
  timeoutMs = 3000,
}: {
  readonly urls: () => Promise<Readonly<Record<ServiceName, string>>>;
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs?: number;
}): ShopServices {
  const call = async (step: Step, service: ServiceName, path: string, body?: object) => {
    const url = (await urls())[service] + path;
    const post = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    };
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await fetch(url, body === undefined ? { signal } : { ...post, signal });
      return { status: response.status, ok: response.ok, text: await response.text(), step, service };
    } catch (cause) {
      const timedOut = cause instanceof Error && cause.name === "TimeoutError";
      const what = timedOut ? `did not answer within ${timeoutMs} ms` : `cannot be reached: ${reason(cause)}`;
      throw new StepFailed(step, `${service} ${what}`, { cause, timedOut });
    }
  };
  return {
    async stockOf(item) {
      const answer = await call("stock", "inventory", `/stock?item=${encodeURIComponent(item)}`);
      return answer.status === 404 ? undefined : read(Stock, answer);
    },
    async charge({ order, customer }, amount) {
      read(z.object({}), await call("payment", "payment", "/payments", { order, customer, amount }));
    },
    async deliver(order) {
      return read(Delivery, await call("delivery", "delivery", "/delivery", order));
    },
  };
}

interface Answer {
  readonly step: Step;
  readonly service: ServiceName;
  readonly status: number;
  readonly ok: boolean;
  readonly text: string;
}

function read<T>(schema: z.ZodType<T>, { step, service, status, ok, text }: Answer): T {
  if (!ok) throw new StepFailed(step, `${service} answered ${status}: ${text.slice(0, 300)}`, { status });
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new StepFailed(step, `${service} answered what cannot be read: ${text.slice(0, 100)}`, {
      cause,
      status,
    });
  }
}

/** fetch hides why it failed in the cause. */
function reason(error: unknown): string {
  const inner = error instanceof Error ? (error.cause ?? error) : error;
  return inner instanceof Error ? inner.message : String(inner);
}
