import { once } from "node:events";
import { type createServer as createHttp, type IncomingMessage, request, type Server } from "node:http";
import type { Socket } from "node:net";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { doorLimits } from "../../src/vpc-lattice/data-plane/door/limits.ts";
import { type LatticeRig, latticeRig } from "./lattice-rig.ts";
import { rawCallers } from "./raw-callers.ts";
import { forward, group, network, send, service, target, text, vpcId } from "./shop-builder.ts";

describe("The wire before Lattice", () => {
  let rig: LatticeRig;
  let host: string;
  let server: Server;
  let answer: Parameters<typeof createHttp>[1] & ((request: IncomingMessage, response: never) => void);
  let reached: string[];
  const callers = rawCallers();

  beforeEach(async () => {
    rig = latticeRig({ door: { ...doorLimits, headersMs: 300, idleMs: 300, connectionMs: 2_000 } });
    const only = await group(rig, "only");
    ({ host } = await service(rig, await network(rig), { defaultAction: forward([only, 1]) }));
    reached = [];
    answer = (incoming: IncomingMessage, response: { end(body?: string): void }) => {
      incoming.resume();
      incoming.on("end", () => response.end("ok"));
    };
    server = await target(rig, only, "10.0.0.1", (incoming, response) => {
      incoming.on("error", () => undefined);
      reached.push(`${incoming.method} ${incoming.url}`);
      answer(incoming, response as never);
    });
  });
  afterEach(async () => {
    callers.hangUp();
    await rig.close();
    server.closeAllConnections();
    server.close();
    expect(rig.faults).toEqual([]);
  });

  const opened = () => callers.opened(rig);
  /** All that comes back until the connection is closed. */
  const closed = (socket: Socket) => {
    let received = "";
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
    });
    return new Promise<string>((resolve) => socket.once("close", () => resolve(received)));
  };
  const raw = async (bytes: string | Buffer) => {
    const socket = await opened();
    const answered = closed(socket);
    socket.end(bytes);
    return answered;
  };

  test("never carries a smuggled request to a target, whatever is put before it", async () => {
    const smuggled = "GET /smuggled HTTP/1.1\r\nhost: target\r\n\r\n";
    const bodies = fc.constantFrom(
      "0\r\n\r\n",
      "5\r\nhello\r\n0\r\n\r\n",
      "",
      "hello",
      "0\n\n",
      "5;a=b\r\nhello\r\n0\r\n\r\n",
    );
    const header = fc.constantFrom(
      "content-length: 5",
      "content-length: 0",
      "content-length: +5",
      "content-length: 5, 6",
      "content-length: 0x5",
      "content-length:\t5",
      "content-length: 5\r\ncontent-length: 6",
      "transfer-encoding: chunked",
      "transfer-encoding: identity",
      "transfer-encoding: chunked, identity",
      "transfer-encoding: xchunked",
      "transfer-encoding : chunked",
      "transfer-encoding:\tchunked",
      "transfer-encoding:\n chunked",
      "Transfer-Encoding: chunked\r\ntransfer-encoding: identity",
      "x-a: b\r\n folded",
      "x-a: b\nx-b: c",
      "x-a: b\rx-b: c",
      "x-a: \u0000",
      "connection: content-length",
      "connection: transfer-encoding, close",
      "expect: 100-continue",
      "trailer: content-length",
      "upgrade: h2c",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(header, { maxLength: 4 }), bodies, async (headers, body) => {
        const lines = ["POST /front HTTP/1.1", `host: ${host}`, ...headers, "", ""].join("\r\n");
        // A caller may send two requests on one connection, but to Lattice: the second one has no host of its.
        await raw(`${lines}${body}${smuggled}`);
        expect(reached.filter((each) => each !== "POST /front")).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test("survives what is not HTTP, and goes on serving", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.constantFrom("", "\u0016\u0003\u0001", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET / HTTP/1.1\r\n"),
        async (bytes, start) => {
          await raw(Buffer.concat([Buffer.from(start, "latin1"), bytes]));
        },
      ),
      { numRuns: 150 },
    );
    expect((await send(rig, host, "/")).status).toBe(200);
    expect(reached).toEqual(["GET /"]);
  });

  test.for([
    ["nothing", ""],
    ["half a request line", "GET / HT"],
    ["half a header", "GET / HTTP/1.1\r\nhost: a"],
    ["half a handshake", "\u0016\u0003\u0001\u0001\u0000"],
    ["half a preface", "PRI * HTTP/2.0\r\n"],
    ["a request, and then nothing", "GET / HTTP/1.1\r\nhost: nobody\r\n\r\n"],
  ] as const)("lets a caller go that sends %s", async ([, bytes]) => {
    const socket = await opened();
    const gone = closed(socket);
    if (bytes !== "") socket.write(Buffer.from(bytes, "latin1"));
    await gone;
    expect(reached).toEqual([]);
  });

  test("cuts a connection whose time is over, whatever is under way on it", async () => {
    answer = (() => undefined) as never;
    const socket = await opened();
    const gone = closed(socket);
    socket.write(`GET / HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
    expect(await gone).toBe("");
  });

  test("asks for a body only where it is wanted", async () => {
    const socket = await opened();
    const answered = closed(socket);
    socket.write(`POST / HTTP/1.1\r\nhost: nobody\r\nexpect: 100-continue\r\ncontent-length: 5\r\n\r\n`);
    expect(await answered).toMatch(/^HTTP\/1\.1 404 /);
    const wanted = await opened();
    const [first] = await Promise.all([
      once(wanted, "data"),
      wanted.write(`POST / HTTP/1.1\r\nhost: ${host}\r\nexpect: 100-continue\r\ncontent-length: 5\r\n\r\n`),
    ]);
    expect(String(first[0])).toMatch(/^HTTP\/1\.1 100 Continue/);
    wanted.write("hello");
    const [second] = await once(wanted, "data");
    expect(String(second)).toMatch(/^HTTP\/1\.1 200 /);
  });

  test.for([
    ["websocket", 403],
    ["h2c", 200],
  ] as const)("answers who asks to become %s with %d", async ([protocol, status]) => {
    const headers = { connection: "upgrade", upgrade: protocol };
    expect((await send(rig, host, "/", { headers })).status).toBe(status);
  });

  test("keeps the trailers of both sides", async () => {
    answer = ((
      incoming: IncomingMessage,
      response: {
        setHeader(...pair: string[]): void;
        write(body: string): void;
        addTrailers(all: object): void;
        end(): void;
      },
    ) => {
      incoming.resume();
      incoming.on("end", () => {
        response.setHeader("trailer", "x-sum");
        response.write(String(incoming.headers.trailer));
        response.addTrailers({ "x-sum": `${incoming.trailers["x-sum"]} checked` });
        response.end();
      });
    }) as never;
    const sent = request({
      port: await rig.lattice.gateway(vpcId),
      host: "127.0.0.1",
      method: "POST",
      headers: { host, trailer: "x-sum" },
    });
    sent.write("hello");
    sent.addTrailers({ "x-sum": "5" });
    sent.end();
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    expect(await text(response)).toBe("x-sum");
    expect(response.headers.trailer).toBe("x-sum");
    expect(response.trailers).toEqual({ "x-sum": "5 checked" });
  });

  test("takes the word of a trusted proxy for the caller's VPC, and of nobody else", async () => {
    const port = await rig.lattice.trustedGateway();
    const from = async (vpc: string | undefined) => {
      const headers = { host, ...(vpc && { "x-espalier-source-vpc": vpc }) };
      const sent = request({ port, host: "127.0.0.1", headers });
      sent.end();
      const [response] = (await once(sent, "response")) as [IncomingMessage];
      response.resume();
      return response.statusCode;
    };
    expect(await from(vpcId)).toBe(200);
    expect(await from("vpc-0123456789abcdef9")).toBe(404);
    expect(await from(undefined)).toBe(404);
    const headers = { "x-espalier-source-vpc": vpcId };
    expect((await send(rig, host, "/", { headers, from: "vpc-0123456789abcdef9" })).status).toBe(404);
  });
});
