import { once } from "node:events";
import { type ClientHttp2Session, connect as connectHttp2, type IncomingHttpHeaders } from "node:http2";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type LatticeRig, latticeRig } from "./lattice-rig.ts";
import { forward, group, network, send, service, vpcId } from "./shop-builder.ts";

describe("A hostile target", () => {
  let rig: LatticeRig;
  let host: string;
  let server: Server;
  let answer: (socket: Socket) => void;
  const sockets: Socket[] = [];
  const sessions: ClientHttp2Session[] = [];

  beforeEach(async () => {
    rig = latticeRig();
    server = createServer((socket) => {
      sockets.push(socket);
      socket.on("error", () => undefined);
      socket.on("data", () => answer(socket));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const only = await group(rig, "only");
    const { port } = server.address() as AddressInfo;
    rig.lattice.addresses.set("10.0.0.1:80", `127.0.0.1:${port}`);
    await rig.call("RegisterTargets", { targetGroupIdentifier: only, targets: [{ id: "10.0.0.1" }] });
    ({ host } = await service(rig, await network(rig), { defaultAction: forward([only, 1]) }));
  });
  afterEach(async () => {
    for (const session of sessions.splice(0)) session.destroy();
    await rig.close();
    for (const socket of sockets.splice(0)) socket.destroy();
    server.close();
    expect(rig.faults).toEqual([]);
  });

  const answers = (text: string) => {
    answer = (socket) => void socket.write(Buffer.from(text, "latin1"));
  };
  const http1 = async () => (await send(rig, host, "/")).status;
  const withTrailers = async () => {
    const headers = { trailer: "x-sum", "transfer-encoding": "chunked" };
    return (await send(rig, host, "/", { method: "POST", headers, body: "hello" })).status;
  };
  const http2 = async () => {
    const session = connectHttp2(`http://127.0.0.1:${await rig.lattice.gateway(vpcId)}`);
    sessions.push(session);
    const stream = session.request({ ":path": "/", ":authority": host });
    const [headers] = (await once(stream, "response")) as [IncomingHttpHeaders];
    return headers[":status"];
  };

  test.for<[what: string, text: string, over1: number, over2: number]>([
    ["a reason that cannot be sent on", "HTTP/1.1 200 O\u0001K\r\ncontent-length: 2\r\n\r\nhi", 200, 200],
    [
      "two content types",
      "HTTP/1.1 200 OK\r\ncontent-type: a\r\ncontent-type: b\r\ncontent-length: 0\r\n\r\n",
      200,
      502,
    ],
    ["a status beyond the last class", "HTTP/1.1 700 X\r\ncontent-length: 0\r\n\r\n", 700, 502],
    ["a status before the first class", "HTTP/1.1 099 X\r\ncontent-length: 0\r\n\r\n", 502, 502],
    ["another protocol", "HTTP/1.1 101 X\r\nconnection: upgrade\r\nupgrade: ws\r\n\r\n", 502, 502],
    ["two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nhi", 502, 502],
    [
      "a length and chunks",
      "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
      502,
      502,
    ],
    ["a control character", "HTTP/1.1 200 OK\r\nx-a: \u0001\r\n\r\n", 502, 502],
    ["headers without an end", `HTTP/1.1 200 OK\r\nx-a: ${"a".repeat(100_000)}`, 502, 502],
  ])("that answers with %s harms nobody else", async ([, text, over1, over2]) => {
    answers(text);
    expect(await http1()).toBe(over1);
    expect(await withTrailers()).toBe(over1);
    expect(await http2()).toBe(over2);
    answers("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi");
    expect(await http1()).toBe(200);
  });

  test.for([
    ["HEAD", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntrailer: x-sum\r\n\r\n"],
    ["GET", "HTTP/1.1 304 Not Modified\r\ntrailer: x-sum\r\n\r\n"],
    ["GET", "HTTP/1.1 200 OK\r\ncontent-length: 0\r\ntrailer: x-sum\r\n\r\n"],
  ] as const)("that announces trailers where none can follow is heard: %s %j", async ([method, text]) => {
    answers(text);
    expect((await send(rig, host, "/", { method })).status).toBe(text.includes("304") ? 304 : 200);
  });

  test("that sends two answers for one request gives the second to nobody", async () => {
    answers(
      "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhiHTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\npoison",
    );
    expect((await send(rig, host, "/")).body).toBe("hi");
    answers("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello");
    expect((await send(rig, host, "/")).body).toBe("hello");
  });

  test("that sends trailers which HTTP/2 has not breaks off its own answer alone", async () => {
    answers(
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nage: 1\r\nage: 2\r\nconnection: x\r\n\r\n",
    );
    const session = connectHttp2(`http://127.0.0.1:${await rig.lattice.gateway(vpcId)}`);
    sessions.push(session);
    const stream = session.request({ ":path": "/", ":authority": host });
    stream.resume();
    await expect(once(stream, "end")).rejects.toThrow();
    expect(await http1()).toBe(200);
  });
});
