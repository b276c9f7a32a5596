import { once } from "node:events";
import { type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { connect, createServer, type Server as SocketServer } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type LatticeRig, latticeRig } from "./lattice-rig.ts";
import { forward, group, network, portOf, send, service, target, text, vpcId } from "./shop-builder.ts";

type Exchange = readonly [IncomingMessage, ServerResponse];

describe("Lattice between a caller and a target", () => {
  let rig: LatticeRig;
  let host: string;
  let only: string;
  let server: Server;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  /** The next request to reach the target, unanswered. */
  const arrival = () =>
    new Promise<Exchange>((resolve) => {
      answer = (request, response) => resolve([request, response]);
    });
  const open = async (options: object = {}) =>
    request({ host: "127.0.0.1", port: await rig.lattice.gateway(vpcId), headers: { host }, ...options });

  beforeEach(async () => {
    rig = latticeRig();
    only = await group(rig, "only");
    ({ host } = await service(rig, await network(rig), { defaultAction: forward([only, 1]) }));
    answer = (_, response) => void response.end("ok");
    server = await target(rig, only, "10.0.0.1", (request, response) => answer(request, response));
  });
  afterEach(async () => {
    await rig.close();
    server.closeAllConnections();
    server.close();
  });

  test("passes the request on as it came, with what Lattice adds", async () => {
    const arrived = arrival();
    const sent = send(rig, host, "/a%20b?c=d&c=e", {
      method: "POST",
      body: "hello",
      headers: { "x-own": ["1", "2"], "x-forwarded-for": "10.9.9.9", "x-forwarded-proto": "https" },
    });
    const [request, response] = await arrived;
    expect(request.method).toBe("POST");
    expect(request.url).toBe("/a%20b?c=d&c=e");
    expect(await text(request)).toBe("hello");
    expect(request.headers).toMatchObject({
      host,
      "x-own": "1, 2",
      "content-length": "5",
      "x-forwarded-for": "10.9.9.9, 127.0.0.1",
      "x-forwarded-port": "80",
      "x-forwarded-proto": "http",
      "x-amzn-requestid": expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    response.writeHead(201, "Made", {
      "set-cookie": ["a=1", "b=2"],
      connection: "x-secret",
      "x-secret": "s",
    });
    response.end("done");
    const got = await sent;
    expect(got).toMatchObject({ status: 201, body: "done" });
    expect(got.headers["set-cookie"]).toEqual(["a=1", "b=2"]);
    expect(got.headers["x-secret"]).toBeUndefined();
    expect(got.headers["x-amzn-requestid"]).toBe(request.headers["x-amzn-requestid"]);
  });

  test.for([
    ["HEAD", 200, "4"],
    ["POST", 200, "4"],
    ["DELETE", 204, undefined],
    ["PROPFIND", 304, undefined],
  ] as const)("passes a %s without a body on, and a %d back", async ([method, status, length]) => {
    answer = (request, response) => {
      response.writeHead(status, {
        "x-method": request.method ?? "",
        ...(length && { "content-length": length }),
      });
      response.end(length && "done");
    };
    const got = await send(rig, host, "/", { method });
    expect(got).toMatchObject({ status, body: method === "POST" ? "done" : "" });
    expect(got.headers).toMatchObject({ "x-method": method, ...(length && { "content-length": length }) });
  });

  test("keeps the caller's request id, cut to 512 bytes", async () => {
    const { headers } = await send(rig, host, "/", { headers: { "x-amzn-requestid": "r".repeat(600) } });
    expect(headers["x-amzn-requestid"]).toBe("r".repeat(512));
  });

  test("streams both ways, before either side has finished", async () => {
    const arrived = arrival();
    const caller = await open({ method: "PUT" });
    caller.write("first");
    const [request, response] = await arrived;
    const [chunk] = await once(request, "data");
    expect(String(chunk)).toBe("first");
    response.write("early");
    const [got] = (await once(caller, "response")) as [IncomingMessage];
    const [early] = await once(got, "data");
    expect(String(early)).toBe("early");
    caller.end();
    await once(request, "end");
    response.end("late");
    expect(await text(got)).toBe("late");
  });

  test("carries a body of several megabytes unharmed", async () => {
    answer = (request, response) => void request.pipe(response);
    const body = "0123456789abcdef".repeat(500_000);
    expect((await send(rig, host, "/", { method: "POST", body })).body === body).toBe(true);
  });

  test("lets the target go when the caller goes away in the middle of the answer", async () => {
    const arrived = arrival();
    const caller = await open();
    caller.end();
    const [, response] = await arrived;
    response.write("some");
    await once(caller, "response");
    const closed = once(response, "close");
    caller.destroy();
    await closed;
    expect(response.writableFinished).toBe(false);
  });

  test("lets the target go when the caller goes away in the middle of the request", async () => {
    const arrived = arrival();
    const caller = await open({ method: "POST", headers: { host, "content-length": 100 } });
    caller.on("error", () => undefined);
    caller.write("some");
    const [request] = await arrived;
    const failed = once(request, "error");
    request.resume();
    caller.destroy();
    expect(await failed).toMatchObject([{ code: "ECONNRESET" }]);
  });

  test("breaks the answer off when the target breaks off", async () => {
    const arrived = arrival();
    const caller = await open();
    caller.end();
    const [, response] = await arrived;
    response.writeHead(200, { "content-length": 100 });
    response.write("some");
    const [got] = (await once(caller, "response")) as [IncomingMessage];
    const failed = once(got, "error");
    got.resume();
    response.destroy();
    expect(await failed).toMatchObject([{ code: "ECONNRESET" }]);
  });

  test.for(["GET", "POST"])("answers a %s with 500 when nobody listens at the target", async (method) => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
    const body = method === "POST" ? { body: "x".repeat(100_000) } : {};
    expect(await send(rig, host, "/", { method, ...body })).toMatchObject({
      status: 500,
      body: "Internal Server Error",
    });
  });

  test("answers 500 when no address book knows the target, 503 when there is no target", async () => {
    rig.lattice.addresses.delete("10.0.0.1:80");
    expect((await send(rig, host, "/")).status).toBe(500);
    await rig.call("DeregisterTargets", { targetGroupIdentifier: only, targets: [{ id: "10.0.0.1" }] });
    expect(await send(rig, host, "/")).toMatchObject({ status: 503, body: "Service Unavailable" });
  });

  test("answers 502 when the target hangs up or does not speak HTTP", async () => {
    answer = (_, response) => void response.destroy();
    expect((await send(rig, host, "/")).status).toBe(502);
    const other = createServer((socket) => void socket.end("SSH-2.0-OpenSSH_9.6\r\n")).listen(0, "127.0.0.1");
    await once(other, "listening");
    rig.lattice.addresses.set("10.0.0.1:80", `127.0.0.1:${portOf(other as SocketServer as Server)}`);
    expect((await send(rig, host, "/")).status).toBe(502);
    other.close();
  });

  test("goes on serving others while one target does not answer", async () => {
    const arrived = arrival();
    const stuck = await open();
    stuck.on("error", () => undefined);
    stuck.end();
    await arrived;
    answer = (_, response) => void response.end("ok");
    const bodies = await Promise.all(Array.from({ length: 50 }, () => send(rig, host, "/")));
    expect(bodies.every(({ body }) => body === "ok")).toBe(true);
    stuck.destroy();
  });

  /** Sends bytes as they are, and answers all that comes back until the connection is closed. */
  const raw = async (bytes: string) => {
    const socket = connect(await rig.lattice.gateway(vpcId), "127.0.0.1");
    let received = "";
    socket.on("data", (chunk) => {
      received += chunk;
    });
    socket.write(bytes);
    await once(socket, "close");
    return received;
  };

  test.for([
    ["two lengths", "content-length: 5\r\ncontent-length: 6\r\n\r\nhello"],
    [
      "a length and chunks",
      "content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
    ],
    ["an unknown coding", "transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n"],
    ["a folded header", "x-a: 1\r\n 2\r\n\r\n"],
    ["a bare line feed", "x-a: 1\nx-b: 2\r\n\r\n"],
    ["a space before the colon", "content-length : 5\r\n\r\nhello"],
    ["two hosts", "host: other.example.com\r\n\r\n"],
    ["101 headers", `${Array.from({ length: 100 }, (_, n) => `x-${n}: 1\r\n`).join("")}\r\n`],
    ["60 KB of headers", `x-a: ${"a".repeat(61_440)}\r\n\r\n`],
    ["no HTTP version", "\r\n\r\nnonsense\r\n\r\n"],
  ] as const)("refuses %s with 400, and the target never hears of it", async ([name, rest]) => {
    let heard = 0;
    answer = (_, response) => {
      heard += 1;
      response.end("heard");
    };
    const line = name === "no HTTP version" ? "GET /\r\n" : "POST / HTTP/1.1\r\n";
    expect(await raw(`${line}host: ${host}\r\n${rest}`)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(heard).toBe(0);
  });

  test("takes 100 headers", async () => {
    const headers = Array.from({ length: 98 }, (_, n) => `x-${n}: 1\r\n`).join("");
    expect(await raw(`GET / HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n${headers}\r\n`)).toMatch(
      / 200 /,
    );
  });
});
