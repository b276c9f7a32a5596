import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { checkSignature, signedFetch, UNSIGNED_PAYLOAD } from "@espalier/signed-fetch";
import { afterEach, describe, expect, test } from "vitest";
import { orderService } from "../order/order-service.ts";
import { shopServices } from "../order/shop-services.ts";

const credentials = { accessKeyId: "ASIAORDER", secretAccessKey: "secret", sessionToken: "token" };
const order = { customer: "ada", item: "trellis", quantity: 2 };

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

type Answers = Readonly<Record<string, (response: ServerResponse, body: unknown) => void>>;

const json = (status: number, body: object) => (response: ServerResponse) =>
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

const willing: Answers = {
  "GET /stock": json(200, { item: "trellis", available: 5, price: 1500 }),
  "POST /payments": json(201, {}),
  "POST /delivery": json(201, { days: 2 }),
};

/** The order service before a server that stands for the rest of the shop and notes what signed calls it gets. */
async function shop(answers: Answers, timeoutMs = 3000) {
  const calls: [call: string, body: unknown][] = [];
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    const body = text === "" ? undefined : JSON.parse(text);
    if (!(await signed(request))) return response.writeHead(403).end("not signed");
    calls.push([`${request.method} ${request.url}`, body]);
    answers[`${request.method} ${request.url?.split("?")[0]}`]?.(response, body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const handle = orderService({
    newId: () => "order-1",
    ...shopServices({
      urls: async () => ({ inventory: url, delivery: url, payment: url }),
      fetch: signedFetch({ credentials, region: "us-east-1" }),
      timeoutMs,
    }),
  });
  return {
    calls,
    server,
    async send(method: string, path: string, body?: string) {
      const answer = await handle({ version: "2.0", method, path, ...(body === undefined ? {} : { body }) });
      return { status: answer.statusCode, body: JSON.parse(answer.body) };
    },
  };
}

async function signed({ method = "", url = "", headers }: IncomingMessage): Promise<boolean> {
  const request = { method, path: url, headers, payloadHash: UNSIGNED_PAYLOAD };
  const { ok } = await checkSignature(request, { secretOf: () => credentials, now: new Date() });
  return ok;
}

describe("an order", () => {
  test("is placed by checking the stock, charging and arranging delivery, each call signed", async () => {
    const { send, calls } = await shop(willing);
    expect(await send("POST", "/orders?from=web", JSON.stringify(order))).toEqual({
      status: 201,
      body: { order: "order-1", ...order, amount: 3000, days: 2 },
    });
    expect(calls).toEqual([
      ["GET /stock?item=trellis", undefined],
      ["POST /payments", { order: "order-1", customer: "ada", amount: 3000 }],
      ["POST /delivery", { order: "order-1", ...order }],
    ]);
  });

  test("for more than there is, or for what is not sold, is refused before anybody is charged", async () => {
    const { send, calls } = await shop({ ...willing, "GET /stock": json(200, { available: 1, price: 1 }) });
    expect(await send("POST", "/orders", JSON.stringify(order))).toEqual({
      status: 409,
      body: { error: "there are only 1 of trellis", field: "quantity" },
    });
    expect(calls).toHaveLength(1);
    const none = await shop({ ...willing, "GET /stock": json(404, {}) });
    expect(await none.send("POST", "/orders", JSON.stringify({ ...order, item: 'a&b="' }))).toEqual({
      status: 404,
      body: { error: 'there is no item "a&b=""', field: "item" },
    });
    expect(none.calls).toEqual([["GET /stock?item=a%26b%3D%22", undefined]]);
  });

  test.for<[step: string, call: string, service: string, calls: number]>([
    ["stock", "GET /stock", "inventory", 1],
    ["payment", "POST /payments", "payment", 2],
    ["delivery", "POST /delivery", "delivery", 3],
  ])("whose %s step fails says so, and goes no further", async ([step, call, service, count]) => {
    const failing = await shop({ ...willing, [call]: json(500, { error: "something went wrong" }) });
    expect(await failing.send("POST", "/orders", JSON.stringify(order))).toEqual({
      status: 502,
      body: { step, status: 500, error: `${service} answered 500: {"error":"something went wrong"}` },
    });
    expect(failing.calls).toHaveLength(count);
  });

  test("that a service does not answer in time fails with 504", async () => {
    const slow = await shop({ ...willing, "POST /payments": () => {} }, 1000);
    expect(await slow.send("POST", "/orders", JSON.stringify(order))).toEqual({
      status: 504,
      body: { step: "payment", error: "payment did not answer within 1000 ms" },
    });
  });

  test("whose service cannot be reached, or answers nonsense, fails with 502", async () => {
    const cut = await shop({ ...willing, "GET /stock": (response) => response.destroy() });
    expect(await cut.send("POST", "/orders", JSON.stringify(order))).toMatchObject({
      status: 502,
      body: { step: "stock", error: expect.stringMatching(/^inventory cannot be reached: /) },
    });
    const odd = await shop({ ...willing, "GET /stock": json(200, { available: "many" }) });
    expect(await odd.send("POST", "/orders", JSON.stringify(order))).toMatchObject({
      status: 502,
      body: { step: "stock", status: 200, error: expect.stringContaining("answered what cannot be read") },
    });
  });

  test.for<[error: string, field: string | undefined, body: string]>([
    ["the body is not JSON", undefined, "{"],
    ["the body is not JSON", undefined, ""],
    ["the body is not an order: it is an object with customer, item and quantity", undefined, "[]"],
    ["customer is missing; it is text of 1 to 100 characters", "customer", '{"item":"trellis","quantity":1}'],
    [
      "quantity is 0; it is a whole number from 1 to 100",
      "quantity",
      JSON.stringify({ ...order, quantity: 0 }),
    ],
    [
      "quantity is 1.5; it is a whole number from 1 to 100",
      "quantity",
      JSON.stringify({ ...order, quantity: 1.5 }),
    ],
    [
      'quantity is "2"; it is a whole number from 1 to 100',
      "quantity",
      JSON.stringify({ ...order, quantity: "2" }),
    ],
    ['item is ""; it is text of 1 to 100 characters', "item", JSON.stringify({ ...order, item: "" })],
  ])("is refused: %s", async ([error, field, body]) => {
    const { send, calls } = await shop(willing);
    expect(await send("POST", "/orders", body)).toEqual({
      status: 400,
      body: field ? { error, field } : { error },
    });
    expect(calls).toEqual([]);
  });
});

describe("the order service", () => {
  test.for<[method: string, path: string, status: number]>([
    ["GET", "/health", 200],
    ["GET", "/health?deep=1", 200],
    ["POST", "/health", 405],
    ["GET", "/orders", 405],
    ["GET", "/", 404],
  ])("answers %s %s with %d", async ([method, path, status]) => {
    const { send } = await shop(willing);
    expect(await send(method, path)).toMatchObject({ status });
  });
});
