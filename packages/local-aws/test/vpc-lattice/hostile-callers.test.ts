import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { flag, frame, frameType, literalHeaders, opening } from "./http2-frames.ts";
import { type LatticeRig, latticeRig, statement } from "./lattice-rig.ts";
import { rawCallers } from "./raw-callers.ts";
import { forward, group, network, type ShopService, send, service, target } from "./shop-builder.ts";

type Header = readonly [name: string, value: string];

describe("A hostile caller", () => {
  let rig: LatticeRig;
  let shop: ShopService;
  let server: Server;
  let reached: IncomingMessage[];
  let answering: boolean;
  const callers = rawCallers();

  beforeEach(async () => {
    rig = latticeRig();
    const only = await group(rig, "only");
    shop = await service(rig, await network(rig), { defaultAction: forward([only, 1]) });
    reached = [];
    answering = true;
    server = await target(rig, only, "10.0.0.1", (incoming, response) => {
      reached.push(incoming);
      incoming.resume();
      incoming.on("error", () => undefined);
      incoming.on("end", () => answering && response.end("ok"));
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
  /** Denies nobody but who sends what the condition says. */
  const denied = async (Condition: object) => {
    await rig.call("UpdateService", { serviceIdentifier: shop.id, authType: "AWS_IAM" });
    const all = { Principal: "*", Action: "*", Resource: "*" };
    const policy = JSON.stringify(statement(all, { ...all, Effect: "Deny", Condition }));
    await rig.call("PutAuthPolicy", { resourceIdentifier: shop.id, policy });
  };
  /** What comes back first for bytes of HTTP/1.1: the status. */
  const http1 = async (first: string, headers: readonly Header[], rest = "") => {
    const socket = await opened();
    const lines = [["host", shop.host] as const, ...headers].map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(Buffer.from(`${first} HTTP/1.1\r\n${lines.join("")}\r\n${rest}`, "latin1"));
    const [answer] = await once(socket, "data");
    return Number(String(answer).split(" ")[1]);
  };
  /** What comes back for a stream of HTTP/2: an answer, or a reset, or the end of the connection. */
  const http2 = async (
    headers: readonly Header[],
    { path = "/", more }: { path?: string; more?: Buffer } = {},
  ) => {
    const socket = await opened();
    const pseudo: Header[] = [
      [":method", "POST"],
      [":scheme", "http"],
      [":path", path],
      [":authority", shop.host],
    ];
    const end = more === undefined ? flag.endStream : 0;
    const block = literalHeaders(...pseudo, ...headers);
    const headersFrame = frame(frameType.headers, flag.endHeaders + end, 1, block);
    // In one write: what is wrong is found before the stream has been heard of.
    socket.write(Buffer.concat([opening, headersFrame, more ?? Buffer.alloc(0)]));
    return firstOf(socket, [frameType.headers, frameType.reset, frameType.goAway]);
  };
  const body = (text: string) => frame(frameType.data, flag.endStream, 1, Buffer.from(text));

  test.for(["user-agent", "content-type", "referer", "x-role"])(
    "hides no second %s from a policy",
    async (name) => {
      await denied({ StringLike: { [`vpc-lattice-svcs:RequestHeader/${name}`]: "*evil*" } });
      const twice: Header[] = [
        [name, "good"],
        [name, "evil"],
      ];
      expect(await http1("GET /", twice.slice(0, 1))).toBe(200);
      reached = [];
      expect(await http1("GET /", twice)).toBe(403);
      expect(await http2(twice)).toBe(frameType.headers);
      expect(reached).toEqual([]);
    },
  );

  test("hides no signature behind another authorization", async () => {
    const headers = [
      ["authorization", "Basic YTpi"],
      ["authorization", "AWS4-HMAC-SHA256 Credential=a"],
    ] as const;
    expect(await http1("GET /", headers)).toBe(403);
    expect(await http1("GET /", [["authorization", "aws4-hmac-sha256 Credential=a"]])).toBe(403);
    expect(await http2(headers)).toBe(frameType.headers);
    expect(reached).toEqual([]);
  });

  test("says nothing that only Lattice may say, however it spells that", async () => {
    const spoofs = [
      "X-Amzn-Lattice-Identity",
      "x_amzn_lattice_identity",
      "x-amzn_lattice-identity-tags",
      "X_AMZN_LATTICE_TARGET",
      "x_amzn_source_vpc",
      "x_forwarded_proto",
      "x_espalier_source_vpc",
    ].map((name) => [name, "evil"] as const);
    const chunked = [["transfer-encoding", "chunked"] as const, ["trailer", "x-sum"] as const];
    const trailers = [
      "x-sum: 5",
      ...spoofs.map(([name, value]) => `${name}: ${value}`),
      "authorization: evil",
    ];
    const rest = `5\r\nhello\r\n0\r\n${trailers.join("\r\n")}\r\n\r\n`;
    expect(await http1("POST /", [...spoofs, ...spoofs, ...chunked], rest)).toBe(200);
    const lowerCase = spoofs.map(([name, value]) => [name.toLowerCase(), value] as const);
    expect(await http2(lowerCase)).toBe(frameType.headers);
    expect(reached).toHaveLength(2);
    for (const { rawHeaders } of reached) expect(rawHeaders).not.toContain("evil");
    expect(reached[0]?.rawTrailers).toEqual(["x-sum", "5"]);
  });

  test.for([
    ["a fragment", "/admin#x"],
    ["a fragment in a whole URL", "http://HOST/admin#x"],
    ["a space", "/ad min"],
    ["a null", "/ad\0min"],
    ["somebody's name", "http://evil@HOST/admin"],
    ["no path", "*"],
  ] as const)("reaches nothing with %s in the request's target", async ([, path]) => {
    const sent = path.replace("HOST", shop.host);
    expect(await http1(`GET ${sent}`, [])).toBe(400);
    await http2([], { path: sent });
    expect(reached).toEqual([]);
  });

  test.for([
    "/public/../admin",
    "/public/%2e%2e/admin",
    "/public%2f..%2fadmin",
    "//admin",
    "/public/.;/admin",
  ])("sends the target the very path that the policy judged: %s", async (path) => {
    const RequestPath = "vpc-lattice-svcs:RequestPath";
    await denied({ StringNotEquals: { [RequestPath]: path } });
    expect(await http1(`GET ${path}?a=/b`, [])).toBe(200);
    expect(await http1(`GET ${path}/`, [])).toBe(403);
    expect(await http2([], { path })).toBe(frameType.headers);
    expect(reached.map(({ url }) => url)).toEqual([`${path}?a=/b`, path]);
  });

  test.for<[what: string, headers: readonly Header[], path?: string]>([
    ["a transfer encoding", [["transfer-encoding", "chunked"]]],
    ["a connection", [["connection", "x-a"]]],
    ["an upgrade", [["upgrade", "websocket"]]],
    ["a te but trailers", [["te", "chunked"]]],
    [
      "two lengths",
      [
        ["content-length", "5"],
        ["content-length", "5"],
      ],
    ],
    ["a length that is not the body's", [["content-length", "50"]]],
    ["a length short of the body", [["content-length", "1"]]],
    ["a signed length", [["content-length", "+5"]]],
    ["a second path", [[":path", "/admin"]]],
    ["a name in capitals", [["X-A", "1"]]],
    [
      "two hosts",
      [
        ["host", "a"],
        ["host", "b"],
      ],
    ],
  ])("does not smuggle through HTTP/2 by %s", async ([, headers]) => {
    expect(await http2(headers, { more: body("hello") })).not.toBe(frameType.headers);
    expect((await send(rig, shop.host, "/after")).status).toBe(200);
    expect(reached.filter(({ complete }) => complete).map(({ url }) => url)).toEqual(["/after"]);
  });

  test("does not smuggle through HTTP/2 by line ends in a value", async () => {
    await http2([["x-a", "1\r\ntransfer-encoding: chunked\r\nx-b: 2"]], {
      more: body("0\r\n\r\nGET /smuggled"),
    });
    for (const { headers } of reached) expect(headers).not.toHaveProperty("x-b");
    expect(reached.filter(({ url }) => url === "/smuggled")).toEqual([]);
  });

  test.for<[what: string, flood: Buffer]>([
    [
      "streams that it resets",
      Buffer.concat(
        Array.from({ length: 20_000 }, (_, index) => [
          frame(frameType.headers, 5, 2 * index + 1, literalHeaders([":method", "GET"], [":path", "/"])),
          frame(frameType.reset, 0, 2 * index + 1, Buffer.from([0, 0, 0, 8])),
        ]).flat(),
      ),
    ],
    [
      "headers without an end",
      Buffer.concat([
        frame(frameType.headers, 0, 1, literalHeaders([":method", "GET"])),
        ...Array.from({ length: 2000 }, () =>
          frame(frameType.continuation, 0, 1, literalHeaders(["x-a", "a".repeat(1000)])),
        ),
      ]),
    ],
    [
      "pings",
      Buffer.concat(Array.from({ length: 50_000 }, () => frame(frameType.ping, 0, 0, Buffer.alloc(8)))),
    ],
    ["settings", Buffer.concat(Array.from({ length: 50_000 }, () => frame(frameType.settings, 0, 0)))],
  ])("that floods with %s is let go", async ([, flood]) => {
    const socket = await opened();
    const gone = new Promise((resolve) => socket.once("close", resolve));
    socket.resume();
    socket.write(opening);
    socket.write(flood);
    await gone;
    expect((await send(rig, shop.host, "/")).status).toBe(200);
  });

  test("that sends requests without waiting for answers is let go, and few of them are under way", async () => {
    answering = false;
    const socket = await opened();
    const gone = new Promise((resolve) => socket.once("close", resolve));
    socket.resume();
    socket.write(`GET / HTTP/1.1\r\nhost: ${shop.host}\r\n\r\n`.repeat(5000));
    await gone;
    expect(reached.length).toBeLessThan(200);
  });
});

/** The first frame of one of these types. */
async function firstOf(socket: Socket, types: readonly number[]): Promise<number> {
  let received = Buffer.alloc(0);
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk]);
    for (; received.length >= 9 && received.length >= 9 + received.readUIntBE(0, 3); ) {
      const type = received.readUInt8(3);
      if (types.includes(type)) return type;
      received = received.subarray(9 + received.readUIntBE(0, 3));
    }
  }
  return frameType.goAway;
}
