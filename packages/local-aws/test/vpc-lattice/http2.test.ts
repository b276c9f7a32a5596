import { once } from "node:events";
import {
  type ClientHttp2Session,
  connect,
  constants,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";
import { type AddressInfo, createServer as createSocketServer } from "node:net";
import {
  Client,
  credentials,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  status,
} from "@grpc/grpc-js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type LocalAws, startLocalAws } from "../../src/local-aws.ts";
import { flag, frame, frameType, literalHeaders } from "./http2-frames.ts";
import { forward, network, portOf, type Rig, send, service, started, target, vpcId } from "./shop-builder.ts";

describe("HTTP/2", () => {
  let aws: LocalAws;
  let rig: Rig;
  let networkId: string;
  const closing: { close(): unknown }[] = [];

  beforeEach(async () => {
    aws = await startLocalAws({ lattice: { transitionMs: 0 } });
    aws.ec2.putVpc({ vpcId, cidrBlock: "10.0.0.0/16" });
    rig = { lattice: aws.lattice, call: (operation, input) => aws.call("vpc-lattice", operation, input) };
    networkId = await network(rig);
  });
  afterEach(async () => {
    for (const each of closing.splice(0)) each.close();
    await aws.close();
  });

  const groupOf = async (protocolVersion: "HTTP1" | "HTTP2" | "GRPC") => {
    const config = { port: 80, protocol: "HTTP", protocolVersion, vpcIdentifier: vpcId };
    const name = protocolVersion.toLowerCase();
    const { id } = await rig.call("CreateTargetGroup", {
      name,
      type: "IP",
      config: { ...config, healthCheck: { enabled: false } },
    });
    return id as string;
  };
  const register = async (groupId: string, port: number) => {
    aws.lattice.addresses.set("10.0.0.9:80", `127.0.0.1:${port}`);
    await rig.call("RegisterTargets", { targetGroupIdentifier: groupId, targets: [{ id: "10.0.0.9" }] });
  };
  /** An HTTPS service in front of the group. */
  const secured = async (groupId: string) => {
    const { id, dnsEntry } = await rig.call("CreateService", { name: "multiplexed" });
    await rig.call("CreateListener", {
      serviceIdentifier: id,
      name: "tls",
      protocol: "HTTPS",
      defaultAction: forward([groupId, 1]),
    });
    await rig.call("CreateServiceNetworkServiceAssociation", {
      serviceIdentifier: id,
      serviceNetworkIdentifier: networkId,
    });
    return dnsEntry.domainName as string;
  };
  const opened = async (host: string, secure = true) => {
    const port = await aws.lattice.gateway(vpcId);
    const ca = await aws.certificateAuthority();
    const url = `${secure ? "https" : "http"}://127.0.0.1:${port}`;
    const session = connect(url, secure ? { servername: host, ca } : {});
    closing.push({ close: () => session.destroy() });
    return session;
  };
  const ask = async (session: ClientHttp2Session, headers: Record<string, string>, body?: string) => {
    const stream = session.request({ ":path": "/", ...headers }, { endStream: body === undefined });
    if (body !== undefined) stream.end(body);
    let trailers: IncomingHttpHeaders = {};
    stream.on("trailers", (given) => {
      trailers = given;
    });
    const [answered] = (await once(stream, "response")) as [IncomingHttpHeaders];
    let text = "";
    for await (const chunk of stream) text += chunk;
    return { status: answered[":status"], headers: answered, text, trailers };
  };
  const target2 = async (serve: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void) => {
    const server: Http2Server = createServer();
    server.on("stream", serve);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    closing.push(server);
    return (server.address() as AddressInfo).port;
  };

  test("is spoken with prior knowledge in plain text, and many requests share a connection", async () => {
    const only = await groupOf("HTTP1");
    const { host } = await service(rig, networkId, { defaultAction: forward([only, 1]) });
    closing.push(await target(rig, only, "10.0.0.1", ({ url }, response) => void response.end(url)));
    const session = await opened(host, false);
    const paths = Array.from({ length: 50 }, (_, index) => `/${index}`);
    const answers = await Promise.all(
      paths.map((path) => ask(session, { ":path": path, ":authority": host })),
    );
    expect(answers.map(({ text }) => text)).toEqual(paths);
  });

  test("reaches a target of its own version, with the trailers of both sides", async () => {
    const only = await groupOf("HTTP2");
    const host = await secured(only);
    const port = await target2((stream, headers) => {
      stream.on("trailers", ({ "x-sum": sum }) => {
        stream.respond({ ":status": 201, "x-path": headers[":path"] }, { waitForTrailers: true });
        stream.on("wantTrailers", () => stream.sendTrailers({ "x-sum": `${sum} checked` }));
        stream.end("made");
      });
      stream.resume();
    });
    await register(only, port);
    const session = await opened(host);
    const stream = session.request(
      { ":path": "/a?b", ":method": "POST", ":authority": host },
      { waitForTrailers: true },
    );
    stream.on("wantTrailers", () => stream.sendTrailers({ "x-sum": "5" }));
    stream.end("hello");
    const trailers = once(stream, "trailers");
    const [answered] = (await once(stream, "response")) as [IncomingHttpHeaders];
    expect(answered).toMatchObject({ ":status": 201, "x-path": "/a?b" });
    stream.resume();
    expect((await trailers)[0]).toMatchObject({ "x-sum": "5 checked" });
  });

  test.for([
    ["HTTP1", "HTTP/2", {}, 200],
    ["HTTP1", "gRPC", { ":method": "POST", "content-type": "application/grpc" }, 400],
    ["HTTP2", "HTTP/2", {}, 200],
    ["HTTP2", "gRPC", { ":method": "POST", "content-type": "application/grpc" }, 200],
    ["GRPC", "HTTP/2 by GET", {}, 400],
    ["GRPC", "HTTP/2 by POST", { ":method": "POST" }, 200],
  ] as const)(
    "a group of %s answers %s as the matrix of versions says",
    async ([version, , headers, wanted]) => {
      const only = await groupOf(version);
      const host = await secured(only);
      if (version === "HTTP1") {
        closing.push(await target(rig, only, "10.0.0.9", (_, response) => void response.end()));
      } else {
        await register(
          only,
          await target2((stream) => {
            stream.respond({ ":status": 200 });
            stream.end();
          }),
        );
      }
      expect((await ask(await opened(host), { ":authority": host, ...headers })).status).toBe(wanted);
    },
  );

  test("is told that its target is not there, or broke the answer off", async () => {
    const only = await groupOf("HTTP2");
    const host = await secured(only);
    const session = await opened(host);
    await register(only, 1);
    expect((await ask(session, { ":authority": host })).status).toBe(500);
    const port = await target2((stream) => {
      stream.respond({ ":status": 200 });
      stream.on("error", () => undefined);
      stream.write("some", () => stream.destroy(new Error("broken")));
    });
    await register(only, port);
    await expect(ask(session, { ":authority": host })).rejects.toMatchObject({
      code: "ERR_HTTP2_STREAM_ERROR",
    });
  });

  test("is told that its target reset the stream, or speaks HTTP/1.1 alone", async () => {
    const only = await groupOf("HTTP2");
    const host = await secured(only);
    const session = await opened(host);
    await register(
      only,
      await target2((stream) => {
        stream.on("error", () => undefined);
        stream.close(constants.NGHTTP2_INTERNAL_ERROR);
      }),
    );
    expect((await ask(session, { ":authority": host })).status).toBe(502);
    const plain = await started((_, response) => void response.end());
    closing.push(plain);
    await register(only, portOf(plain));
    expect((await ask(session, { ":authority": host })).status).toBe(502);
  });

  test("survives a target whose answer it cannot say", async () => {
    const only = await groupOf("HTTP2");
    const host = await secured(only);
    const session = await opened(host);
    const server = createSocketServer((socket) => {
      socket.once("data", () => {
        const status = literalHeaders([":status", "700"]);
        const end = flag.endHeaders + flag.endStream;
        socket.write(frame(frameType.settings, 0, 0));
        socket.write(frame(frameType.headers, end, 1, status));
      });
      closing.push({ close: () => socket.destroy() });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    closing.push(server);
    await register(only, (server.address() as AddressInfo).port);
    expect((await ask(session, { ":authority": host })).status).toBe(502);
  });

  test("lets its target go when the caller gives up", async () => {
    const only = await groupOf("HTTP2");
    const host = await secured(only);
    const { promise: arrived, resolve } = Promise.withResolvers<ServerHttp2Stream>();
    await register(
      only,
      await target2((stream) => {
        stream.on("error", () => undefined);
        stream.respond({ ":status": 200 });
        stream.write("some");
        resolve(stream);
      }),
    );
    const stream = (await opened(host)).request({ ":path": "/", ":authority": host });
    stream.on("error", () => undefined);
    const reached = await arrived;
    await once(stream, "data");
    stream.close(constants.NGHTTP2_CANCEL);
    await once(reached, "close");
    expect(reached.rstCode).toBe(constants.NGHTTP2_CANCEL);
  });

  test("refuses HTTP/1.1 before targets of HTTP/2, more than 100 headers, and what names two hosts", async () => {
    const only = await groupOf("HTTP1");
    const { host } = await service(rig, networkId, { defaultAction: forward([only, 1]) });
    closing.push(await target(rig, only, "10.0.0.1", (_, response) => void response.end()));
    const session = await opened(host, false);
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`x-${index}`, "1"]));
    expect((await ask(session, { ":authority": host, ...many })).status).toBe(400);
    expect((await ask(session, { ":authority": host, host: "other" })).status).toBe(400);
    expect((await send(rig, host, "/")).status).toBe(200);
  });
});

describe("gRPC", () => {
  const bytes = (value: Buffer) => value;
  const method = {
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: bytes,
    responseDeserialize: bytes,
  };
  const stockService: ServiceDefinition = {
    get: { path: "/stock.Stock/Get", requestStream: false, responseStream: false, ...method },
    watch: { path: "/stock.Stock/Watch", requestStream: true, responseStream: true, ...method },
  };
  let aws: LocalAws;
  let server: Server;
  let client: Client;

  beforeEach(async () => {
    aws = await startLocalAws({ lattice: { transitionMs: 0 } });
    aws.ec2.putVpc({ vpcId, cidrBlock: "10.0.0.0/16" });
    const rig: Rig = {
      lattice: aws.lattice,
      call: (operation, input) => aws.call("vpc-lattice", operation, input),
    };
    const networkId = await network(rig);
    server = new Server();
    server.addService(stockService, {
      get: (call: { request: Buffer }, done: (error: object | null, answer?: Buffer) => void) =>
        call.request.toString() === "none"
          ? done({ code: status.NOT_FOUND, details: "no such apple" })
          : done(null, Buffer.from(`stock of ${call.request}`)),
      watch: (call: NodeJS.ReadWriteStream) => {
        call.on("data", (chunk: Buffer) => call.write(Buffer.from(`seen ${chunk}`) as never));
        call.on("end", () => call.end());
      },
    });
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      ),
    );
    const { id: groupId } = await rig.call("CreateTargetGroup", {
      name: "stock",
      type: "IP",
      config: { port: 80, protocol: "HTTP", protocolVersion: "GRPC", vpcIdentifier: vpcId },
    });
    aws.lattice.addresses.set("10.0.0.1:80", `127.0.0.1:${port}`);
    await rig.call("RegisterTargets", { targetGroupIdentifier: groupId, targets: [{ id: "10.0.0.1" }] });
    const { id, dnsEntry } = await rig.call("CreateService", { name: "stock" });
    await rig.call("CreateListener", {
      serviceIdentifier: id,
      name: "tls",
      protocol: "HTTPS",
      defaultAction: forward([groupId, 1]),
    });
    await rig.call("CreateServiceNetworkServiceAssociation", {
      serviceIdentifier: id,
      serviceNetworkIdentifier: networkId,
    });
    const gateway = await aws.lattice.gateway(vpcId);
    client = new Client(
      `127.0.0.1:${gateway}`,
      credentials.createSsl(Buffer.from(await aws.certificateAuthority())),
      {
        "grpc.ssl_target_name_override": dnsEntry.domainName,
        "grpc.default_authority": dnsEntry.domainName,
      },
    );
  });
  afterEach(async () => {
    client.close();
    server.forceShutdown();
    await aws.close();
  });

  const get = (sku: string) =>
    new Promise<string>((resolve, reject) =>
      client.makeUnaryRequest("/stock.Stock/Get", bytes, bytes, Buffer.from(sku), (error, answer) =>
        error === null ? resolve(String(answer)) : reject(error),
      ),
    );

  test("calls get their answer, or their status", async () => {
    expect(await get("apples")).toBe("stock of apples");
    await expect(get("none")).rejects.toMatchObject({ code: status.NOT_FOUND, details: "no such apple" });
  });

  test("streams both ways at once", async () => {
    const call = client.makeBidiStreamRequest("/stock.Stock/Watch", bytes, bytes);
    for (const word of ["one", "two"]) {
      call.write(Buffer.from(word));
      const [seen] = await once(call, "data");
      expect(String(seen)).toBe(`seen ${word}`);
    }
    const ended = once(call, "status");
    call.end();
    call.resume();
    expect((await ended)[0]).toMatchObject({ code: status.OK });
  });
});
