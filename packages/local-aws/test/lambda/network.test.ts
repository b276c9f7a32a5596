import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { localAuthority } from "../../src/acm/authority.ts";
import { answer, event, type LambdaRig, lambdaRig } from "./lambda-rig.ts";

const inventory = "inventory-0a1b2c.7d67968.vpc-lattice-svcs.us-east-1.on.aws";

const customNames = ["payment.shop.example"];

let rig: LambdaRig;
const gateways: Server[] = [];
let port: number;
beforeAll(async () => {
  const authority = localAuthority(undefined);
  const { certificate, privateKey } = await authority.issue(customNames);
  const echo: RequestListener = (request, response) => response.end(`${request.headers.host} ${request.url}`);
  gateways.push(createServer(echo), createSecureServer({ cert: certificate, key: privateKey }, echo));
  for (const each of gateways) await new Promise<void>((listening) => each.listen(0, "127.0.0.1", listening));
  const [plain, secure] = gateways.map((each) => (each.address() as AddressInfo).port) as [number, number];
  port = plain;
  const doors: Record<string, number> = { "vpc-shop": plain, "vpc-secure": secure };
  rig = await lambdaRig((vpcId = "") => {
    const port = doors[vpcId];
    return port === undefined ? undefined : { port, customNames };
  }, authority.root);
});
afterAll(async () => {
  await rig.close();
  for (const each of gateways) {
    each.closeAllConnections();
    each.close();
  }
});

async function run(name: string, value: unknown, vpcId = "vpc-shop") {
  const arn = rig.deploy(`network.${name}`, { name: `${name}-${vpcId}`, vpcId });
  return answer(await rig.client.send(new InvokeCommand({ FunctionName: arn, Payload: event(value) })));
}

describe("a function in a VPC", () => {
  test.for(["fetches", "gets"])(
    "reaches a Lattice service by its generated name when it %s",
    async (name) => {
      expect(await run(name, { url: `http://${inventory}/stock?item=1` })).toMatchObject({
        text: `${inventory} /stock?item=1`,
      });
    },
  );

  test.for<[way: string, value: unknown]>([
    ["connects", { arguments: [80, inventory] }],
    ["connects", { arguments: [{ port: 80, host: inventory }] }],
    ["connects", { arguments: [443, inventory] }],
    ["connects", { arguments: [{ port: "80", host: inventory.toUpperCase() }] }],
    ["opens", { port: 80, host: inventory }],
  ])("reaches it when it %s with %j", async ([way, value]) => {
    expect(await run(way, value)).toEqual({ connected: true });
  });

  test("reaches a service by its custom name, at whatever port it listens", async () => {
    for (const host of ["payment.shop.example", "payment.shop.example:8080"])
      expect(await run("fetches", { url: `http://${host}/payments` })).toMatchObject({
        text: `${host} /payments`,
      });
  });

  test("trusts who signs the certificates of this AWS, for the names they are made for", async () => {
    expect(
      await run("fetches", { url: "https://payment.shop.example/payments" }, "vpc-secure"),
    ).toMatchObject({ text: "payment.shop.example /payments" });
    expect(await run("fetches", { url: `https://${inventory}/stock` }, "vpc-secure")).toEqual({
      error: expect.stringContaining("does not match certificate's altnames"),
    });
  });

  test("reaches loopback, where the local AWS is", async () => {
    expect(await run("fetches", { url: `http://127.0.0.1:${port}/` })).toMatchObject({ status: 200 });
    expect(await run("fetches", { url: `http://localhost:${port}/` })).toMatchObject({ status: 200 });
  });

  test.for<[way: string, value: unknown, message: string]>([
    [
      "fetches",
      { url: "http://example.com/" },
      "connect example.com:80: a function of the local AWS reaches only",
    ],
    [
      "gets",
      { url: "http://10.0.0.1:8080/" },
      "connect 10.0.0.1:8080: a function of the local AWS reaches only",
    ],
    [
      "fetches",
      { url: "http://[2001:db8::1]/" },
      "connect 2001:db8::1:80: a function of the local AWS reaches only",
    ],
    ["secures", { host: "example.com" }, "connect example.com:443: a function of the local AWS reaches only"],
    [
      "connects",
      { arguments: ["/run/some.sock"] },
      "connect /run/some.sock: a function of the local AWS reaches only",
    ],
    ["connects", { arguments: [80, "127.0.0.1.example.com"] }, "connect 127.0.0.1.example.com:80: "],
    ["fetches", { url: `http://${inventory}.example.com/` }, "a function of the local AWS reaches only"],
  ])("that %s %j is told why it cannot", async ([way, value, message]) => {
    expect(await run(way, value)).toEqual({ error: expect.stringContaining(message) });
  });
});

describe("a function in no VPC", () => {
  test("does not reach a Lattice service", async () => {
    expect(await run("fetches", { url: `http://${inventory}/stock` }, "vpc-other")).toEqual({
      error: expect.stringContaining("the function is in no VPC that reaches VPC Lattice"),
    });
  });
});
