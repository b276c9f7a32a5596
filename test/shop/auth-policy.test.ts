import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Calling, openShop } from "./open-shop.ts";

let shop: Awaited<ReturnType<typeof openShop>>;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop?.close());

const order = { customer: "ada", item: "trellis", quantity: 2 };

describe("the shop's auth policy lets", () => {
  test("anybody in the shop's VPC order, and order call all that an order needs", async () => {
    const { status, text } = await shop.call("order", "POST", "/orders", { body: order });
    expect([status, JSON.parse(text)]).toEqual([
      201,
      { order: expect.any(String), ...order, amount: 3000, days: 2 },
    ]);
  });

  test.for<[service: string, method: string, path: string, status: number]>([
    ["inventory", "GET", "/stock?item=trellis", 200],
    ["delivery", "GET", "/delivery?order=none", 404],
    ["delivery", "POST", "/delivery", 400],
    ["payment", "POST", "/payments", 400],
  ])("order's role reach %s by %s %s", async ([service, method, path, status]) => {
    const body = method === "POST" ? { body: {} } : {};
    const answer = await shop.call(service, method, path, { as: "order", ...body });
    expect(answer.status, answer.text).toBe(status);
  });
});

const order403 =
  /^AccessDeniedException: User: arn:aws:sts::\d{12}:assumed-role\/order\/story is not authorized/;
const audit403 =
  /^AccessDeniedException: User: arn:aws:sts::\d{12}:assumed-role\/audit\/story is not authorized/;
const nobody403 = /^AccessDeniedException: User: anonymous is not authorized/;

describe("the shop's auth policy refuses", () => {
  test.for<[what: string, call: [service: string, method: string, path: string], Calling, RegExp]>([
    ["an unsigned look at the stock", ["inventory", "GET", "/stock"], {}, nobody403],
    ["another role's look at the stock", ["inventory", "GET", "/stock"], { as: "audit" }, audit403],
    ["order's POST to the stock", ["inventory", "POST", "/stock"], { as: "order" }, order403],
    ["order's DELETE of the stock", ["inventory", "DELETE", "/stock"], { as: "order" }, order403],
    ["order at another path", ["inventory", "GET", "/health"], { as: "order" }, order403],
    ["order at a path below the stock", ["inventory", "GET", "/stock/trellis"], { as: "order" }, order403],
    ["order's look at the payments", ["payment", "GET", "/payments"], { as: "order" }, order403],
    ["another role's payment", ["payment", "POST", "/payments"], { as: "audit" }, audit403],
    ["another role's delivery", ["delivery", "POST", "/delivery"], { as: "audit" }, audit403],
    ["an unsigned delivery", ["delivery", "POST", "/delivery"], {}, nobody403],
    ["another path of order", ["order", "GET", "/health"], {}, nobody403],
    ["orders from another VPC", ["order", "POST", "/orders"], { from: "next door", body: order }, nobody403],
  ])("%s, in Lattice's words", async ([, call, calling, text]) => {
    const answer = await shop.call(...call, calling);
    expect(answer).toEqual({ status: 403, text: expect.stringMatching(text) });
    expect(answer.text).toMatch(
      / to perform: vpc-lattice-svcs:Invoke on resource: arn:aws:vpc-lattice:\S+:service\/svc-\w+\/\S+ because no network-based policy allows the vpc-lattice-svcs:Invoke action$/,
    );
  });
});
