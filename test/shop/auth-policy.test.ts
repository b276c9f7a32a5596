import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Calling, openShop } from "./open-shop.ts";

let shop: Awaited<ReturnType<typeof openShop>>;
beforeAll(async () => {
  shop = await openShop();
}, 120_000);
afterAll(() => shop?.close());

const order = { customer: "ada", item: "trellis", quantity: 2 };

/** Every path of the shop, as it is meant to be called, with what is answered to whom it is meant for. */
const paths = [
  { service: "order", method: "POST", path: "/orders", body: order, for: "customers", status: 201 },
  { service: "inventory", method: "GET", path: "/stock?item=trellis", for: "order", status: 200 },
  { service: "delivery", method: "GET", path: "/delivery?order=none", for: "order", status: 404 },
  { service: "delivery", method: "POST", path: "/delivery", body: {}, for: "order", status: 400 },
  { service: "payment", method: "POST", path: "/payments", body: {}, for: "order", status: 400 },
] as const;

const callers = ["order", "customers", "audit", undefined] as const;

const cases = paths.flatMap((path) =>
  callers.map((as) => ({ ...path, as, who: as ?? "nobody", status: as === path.for ? path.status : 403 })),
);

test("an order of a customer gets through the whole shop", async () => {
  const { status, text } = await shop.call("order", "POST", "/orders", { as: "customers", body: order });
  expect([status, JSON.parse(text)]).toEqual([
    201,
    { order: expect.any(String), ...order, amount: 3000, days: 2 },
  ]);
});

test("the network's access log tells of every call, who made it and what became of it", async () => {
  const body = { ...order, item: "fig-fan" };
  await shop.call("order", "POST", "/orders", { as: "customers", body });
  await shop.call("inventory", "GET", "/stock?item=fig-fan");
  const session = (role: string) => expect.stringMatching(`:assumed-role/${role}/`);
  await vi.waitFor(async () => {
    const lines = (await shop.accessLog()).map(
      ({ requestMethod, requestPath, callerPrincipal, responseCode }) => [
        requestMethod,
        requestPath,
        callerPrincipal,
        responseCode,
      ],
    );
    const told = [
      ["POST", "/orders", session("customers"), 201],
      ["GET", "/stock?item=fig-fan", session("order"), 200],
      ["POST", "/payments", session("order"), 201],
      ["POST", "/delivery", session("order"), 201],
      ["GET", "/stock?item=fig-fan", "-", 403],
    ];
    expect(lines).toEqual(expect.arrayContaining(told));
  });
});

describe("a call signed by", () => {
  test.for(cases)(
    "$who of $service by $method $path is answered $status",
    async ({ as, status, ...call }) => {
      const body = "body" in call ? { body: call.body } : {};
      const answer = await shop.call(call.service, call.method, call.path, { as, ...body });
      expect(answer.status, answer.text).toBe(status);
      if (status !== 403) return;
      const user = as === undefined ? "anonymous" : `arn:aws:sts::123456789012:assumed-role/${as}/story`;
      expect(answer.text).toMatch(refusal);
      expect(answer.text).toContain(`User: ${user} is not authorized`);
    },
  );
});

const refusal =
  /^AccessDeniedException: User: \S+ is not authorized to perform: vpc-lattice-svcs:Invoke on resource: arn:aws:vpc-lattice:\S+:service\/svc-\w+\/\S+ because no network-based policy allows the vpc-lattice-svcs:Invoke action$/;

describe("the shop's auth policy refuses", () => {
  test.for<[what: string, call: [service: string, method: string, path: string], Calling]>([
    ["order's POST to the stock", ["inventory", "POST", "/stock"], { as: "order" }],
    ["order's DELETE of the stock", ["inventory", "DELETE", "/stock"], { as: "order" }],
    ["order at another path", ["inventory", "GET", "/health"], { as: "order" }],
    ["order at a path below the stock", ["inventory", "GET", "/stock/trellis"], { as: "order" }],
    ["order's look at the payments", ["payment", "GET", "/payments"], { as: "order" }],
    ["order at another path of payment", ["payment", "POST", "/refunds"], { as: "order" }],
    ["another path of order", ["order", "GET", "/health"], { as: "customers" }],
    [
      "orders from another VPC",
      ["order", "POST", "/orders"],
      { as: "customers", from: "next door", body: order },
    ],
  ])("%s, in Lattice's words", async ([, call, calling]) => {
    expect(await shop.call(...call, calling)).toEqual({ status: 403, text: expect.stringMatching(refusal) });
  });
});
