import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answer, event, type LambdaRig, lambdaRig } from "./lambda-rig.ts";

const inventory = "inventory-0a1b2c.7d67968.vpc-lattice-svcs.us-east-1.on.aws";

let rig: LambdaRig;
let gateway: Server;
let port: number;
beforeAll(async () => {
  gateway = createServer((request, response) => response.end(`${request.headers.host} ${request.url}`));
  await new Promise<void>((listening) => gateway.listen(0, "127.0.0.1", listening));
  port = (gateway.address() as AddressInfo).port;
  rig = await lambdaRig((vpcId) => (vpcId === "vpc-shop" ? port : undefined));
});
afterAll(async () => {
  await rig.close();
  gateway.closeAllConnections();
  gateway.close();
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
    ["connects", { arguments: [{ port: "80", host: inventory.toUpperCase() }] }],
    ["opens", { port: 80, host: inventory }],
  ])("reaches it when it %s with %j", async ([way, value]) => {
    expect(await run(way, value)).toEqual({ connected: true });
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
    ["connects", { arguments: [443, inventory] }, "or the port is not 80"],
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
