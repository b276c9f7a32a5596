import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { driveOrders, type OrderResult } from "../src/index.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function served(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Drives orders until `count` results are in. */
async function orders(
  count: number,
  options: Pick<Parameters<typeof driveOrders>[0], "address" | "perSecond" | "signer">,
): Promise<OrderResult[]> {
  const results: OrderResult[] = [];
  const stop = new AbortController();
  await driveOrders({
    url: "http://order.example/orders?from=test",
    signal: stop.signal,
    onOrder(result) {
      results.push(result);
      if (results.length === count) stop.abort();
    },
    ...options,
  });
  return results;
}

describe("driveOrders", () => {
  test("posts orders to an address in the name of the service, over connections it keeps", async () => {
    const requests: string[] = [];
    const used = new Set<Socket>();
    const reused = Promise.withResolvers<void>();
    const { address } = await served((request, response) => {
      requests.push(`${request.method} ${request.headers.host} ${request.url}`);
      if (used.has(request.socket)) reused.resolve();
      used.add(request.socket);
      request.resume().on("end", () => response.writeHead(201).end("{}"));
    });
    const stop = new AbortController();
    const results: OrderResult[] = [];
    const url = "http://order.example/orders?from=test";
    const driving = driveOrders({
      ...{ url, address, perSecond: 100, signal: stop.signal },
      onOrder: (result) => results.push(result),
    });
    await reused.promise;
    stop.abort();
    await driving;
    // However slow this machine is: what was sent was served, and nothing was sent that the server did not get.
    const sent = results.filter((result) => result.served || result.milliseconds > 0);
    expect(sent.map((result) => result.served && result.status)).toEqual(requests.map(() => 201));
    expect(new Set(requests)).toEqual(new Set(["POST order.example /orders?from=test"]));
  });

  test("signs orders for VPC Lattice in the name of whom it is told", async () => {
    const signed: (string | undefined)[] = [];
    const { address } = await served((request, response) => {
      signed.push(request.headers.authorization);
      request.resume().on("end", () => response.writeHead(201).end("{}"));
    });
    const credentials = { accessKeyId: "AKIACUSTOMER", secretAccessKey: "secret" };
    await orders(1, { address, perSecond: 200, signer: { region: "us-east-1", credentials } });
    expect(signed[0]).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIACUSTOMER\/\d{8}\/us-east-1\/vpc-lattice-svcs\/aws4_request, SignedHeaders=\S*host/,
    );
  });

  test("counts what is answered with an error, or not at all, as failed", async () => {
    const { address } = await served((request, response) => {
      request.resume().on("end", () => response.writeHead(502).end("{}"));
    });
    expect((await orders(1, { address, perSecond: 200 }))[0]).toMatchObject({
      served: false,
      status: 502,
      reason: "answered 502",
    });
    const cut = await served((request) => request.socket.destroy());
    expect((await orders(1, { address: cut.address, perSecond: 200 }))[0]).toMatchObject({ served: false });
  });

  test("goes on ordering while answers are due, but keeps no more than 200 in flight", async () => {
    const waiting: ServerResponse[] = [];
    const { address } = await served((request, response) => {
      request.resume();
      waiting.push(response);
    });
    const stop = new AbortController();
    const results: OrderResult[] = [];
    const refused = Promise.withResolvers<void>();
    const driving = driveOrders({
      url: "http://order.example/orders",
      address,
      perSecond: 2000,
      signal: stop.signal,
      onOrder(result) {
        results.push(result);
        if (!result.served) refused.resolve();
      },
    });
    await refused.promise;
    stop.abort();
    expect(results[0]).toMatchObject({ served: false, reason: "200 orders are in flight already" });
    const answering = setInterval(() => {
      for (const response of waiting.splice(0)) response.writeHead(201).end();
    }, 1);
    await driving;
    clearInterval(answering);
    expect(results.filter(({ served }) => served)).toHaveLength(200);
  });

  test("refuses a rate that is none", async () => {
    await expect(orders(1, { address: "127.0.0.1:1", perSecond: 0 })).rejects.toThrow(
      "perSecond is 0; it is a number above 0",
    );
  });
});
