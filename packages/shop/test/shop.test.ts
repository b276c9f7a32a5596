import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { delivery } from "../src/delivery.ts";
import { faults } from "../src/faults.ts";
import { inventory } from "../src/inventory.ts";
import { payment } from "../src/payment.ts";
import type { Routes } from "../src/route.ts";
import { settings } from "../src/settings.ts";
import { shopServer } from "../src/shop-server.ts";

const open: ReturnType<typeof shopServer>[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function shop(routes: Routes, fails = () => false) {
  const server = shopServer({ routes, version: "v1", fails });
  open.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return async (method: string, path: string, body?: unknown) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const response = await fetch(origin + path, { method, ...(body === undefined ? {} : { body: text }) });
    return {
      status: response.status,
      body: await response.json(),
      version: response.headers.get("x-shop-version"),
    };
  };
}

describe("inventory", () => {
  test("tells of one item or of all, and from v2 on where it is", async () => {
    const v1 = await shop(inventory("v1"));
    expect(await v1("GET", "/stock?item=fig-fan")).toEqual({
      status: 200,
      version: "v1",
      body: { version: "v1", item: "fig-fan", available: 90, price: 4200 },
    });
    const all = (await v1("GET", "/stock")).body as { items: object[] };
    expect(all.items).toHaveLength(5);
    const v2 = await shop(inventory("v2"));
    expect((await v2("GET", "/stock?item=fig-fan")).body).toMatchObject({
      warehouses: { north: 0, south: 90 },
    });
  });

  test("refuses what it does not have", async () => {
    const call = await shop(inventory("v1"));
    expect(await call("GET", "/stock?item=constructor")).toMatchObject({
      status: 404,
      body: { error: 'there is no item "constructor"' },
    });
    expect(await call("POST", "/stock", {})).toMatchObject({
      status: 405,
      body: { error: "/stock takes GET" },
    });
    expect(await call("GET", "/toString")).toMatchObject({ status: 404 });
  });
});

describe("payment", () => {
  test("charges an order once", async () => {
    const call = await shop(payment("v1"));
    const charge = { order: "1", customer: "ada", amount: 300 };
    expect(await call("POST", "/payments", charge)).toMatchObject({ status: 201, body: charge });
    expect(await call("POST", "/payments", charge)).toMatchObject({ status: 200, body: charge });
    expect(await call("POST", "/payments", { ...charge, amount: 301 })).toMatchObject({ status: 409 });
  });

  test.for<[error: string, body: unknown]>([
    ["amount is 0; it is above 0", { order: "1", customer: "ada", amount: 0 }],
    ["amount is 1.5; it is a whole number", { order: "1", customer: "ada", amount: 1.5 }],
    ["customer is missing; it is a text", { order: "1", amount: 5 }],
    ["the body is not JSON", "{"],
    ["the body is missing; it is a JSON object", "null"],
  ])("says %s", async ([error, body]) => {
    const call = await shop(payment("v1"));
    expect(await call("POST", "/payments", body)).toMatchObject({ status: 400, body: { error } });
  });

  test("takes no body above 64 kB", async () => {
    const call = await shop(payment("v1"));
    expect(await call("POST", "/payments", "x".repeat(65 * 1024))).toMatchObject({ status: 413 });
  });
});

describe("a client that goes away in the middle of its request", () => {
  test("leaves the server serving others", async () => {
    const server = shopServer({ routes: payment("v1"), version: "v1", fails: () => false });
    open.push(server);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, "127.0.0.1");
    const arrived = once(server, "request");
    socket.write("POST /payments HTTP/1.1\r\nhost: shop\r\ncontent-length: 100\r\n\r\n{");
    const [, response] = await arrived;
    socket.destroy();
    await once(response, "close");
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  });
});

describe("delivery", () => {
  test("arranges one for an order, and remembers the latest thousand", async () => {
    const call = await shop(delivery("v1"));
    const arrange = (order: string) =>
      call("POST", "/delivery", { order, customer: "ada", item: "trellis", quantity: 1 });
    expect(await arrange("0")).toMatchObject({ status: 201, body: { days: 2 } });
    expect(await arrange("0")).toMatchObject({ status: 200 });
    expect(await call("GET", "/delivery?order=0")).toMatchObject({ status: 200, body: { item: "trellis" } });
    for (let order = 1; order <= 1000; order += 1) await arrange(String(order));
    expect(await call("GET", "/delivery?order=0")).toMatchObject({ status: 404 });
    expect(await call("GET", "/delivery?order=1000")).toMatchObject({ status: 200 });
  });
});

describe("a service that fails a share of its requests", () => {
  test("fails that share, the same ones each time, and stays healthy", async () => {
    const call = await shop(inventory("v3"), faults(0.05, 1));
    const failed = (rate: number, seed: number) => {
      const fails = faults(rate, seed);
      return Array.from({ length: 20_000 }, fails).filter(Boolean).length;
    };
    expect(failed(0.05, 7)).toBe(failed(0.05, 7));
    expect(Math.abs(failed(0.05, 7) - 1000)).toBeLessThan(4 * Math.sqrt(20_000 * 0.05 * 0.95));
    expect([failed(0, 1), failed(1, 1)]).toEqual([0, 20_000]);
    const statuses: number[] = [];
    for (let request = 0; request < 100; request += 1) {
      statuses.push((await call("GET", "/stock")).status);
      expect((await call("GET", "/health")).status).toBe(200);
    }
    const fails = faults(0.05, 1);
    expect(statuses).toEqual(Array.from({ length: 100 }, () => (fails() ? 500 : 200)));
    expect(statuses).toContain(500);
  });
});

describe("the settings", () => {
  test("default to a healthy v1 on loopback", () => {
    expect(settings({ SHOP_SERVICE: "payment" })).toEqual({
      service: "payment",
      version: "v1",
      host: "127.0.0.1",
      port: 8080,
      errorRate: 0,
      seed: 1,
      tls: undefined,
    });
  });

  test.for<[message: string, environment: Record<string, string>]>([
    ["SHOP_SERVICE is not set; it is inventory, delivery, payment", {}],
    ["SHOP_VERSION is v9; it is v1, v2, v3", { SHOP_SERVICE: "payment", SHOP_VERSION: "v9" }],
    [
      'SHOP_ERROR_RATE is "5%"; it is a number from 0 to 1',
      { SHOP_SERVICE: "payment", SHOP_ERROR_RATE: "5%" },
    ],
    ['PORT is ""; it is a number from 0 to 65535', { SHOP_SERVICE: "payment", PORT: "" }],
    ["TLS_KEY is not set", { SHOP_SERVICE: "payment", TLS_CERTIFICATE: "/etc/shop/certificate.pem" }],
  ])("say %s", ([message, environment]) => {
    expect(() => settings(environment)).toThrow(message);
  });
});
