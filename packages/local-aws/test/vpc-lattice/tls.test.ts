import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import { connect as connectHttp2, type IncomingHttpHeaders } from "node:http2";
import { createServer as createTlsServer, type RequestOptions, request } from "node:https";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { localAuthority } from "../../src/acm/authority.ts";
import { manualClock } from "../../src/clock/manual-clock.ts";
import { type LocalAws, startLocalAws } from "../../src/local-aws.ts";
import { forward, group, network, portOf, type Rig, send, target, text, vpcId } from "./shop-builder.ts";

describe("An HTTPS listener", () => {
  let aws: LocalAws;
  let rig: Rig;
  let server: Server;
  let generated: string;
  let ca: string;
  const custom = "shop.example.com";

  beforeEach(async () => {
    aws = await startLocalAws({ lattice: { transitionMs: 0 } });
    aws.ec2.putVpc({ vpcId, cidrBlock: "10.0.0.0/16" });
    ca = await aws.certificateAuthority();
    rig = { lattice: aws.lattice, call: (operation, input) => aws.call("vpc-lattice", operation, input) };
    const { CertificateArn } = await aws.call("acm", "RequestCertificate", { DomainName: custom });
    const networkId = await network(rig);
    const only = await group(rig, "only");
    const { id, dnsEntry } = await rig.call("CreateService", {
      name: "shop",
      customDomainName: custom,
      certificateArn: CertificateArn,
    });
    generated = dnsEntry.domainName;
    const protocol = "HTTPS";
    const defaultAction = forward([only, 1]);
    await rig.call("CreateListener", { serviceIdentifier: id, name: "tls", protocol, defaultAction });
    await rig.call("CreateServiceNetworkServiceAssociation", {
      serviceIdentifier: id,
      serviceNetworkIdentifier: networkId,
    });
    server = await target(rig, only, "10.0.0.1", ({ headers }, response) => {
      response.end(JSON.stringify(headers));
    });
  });
  afterEach(async () => {
    server.close();
    await aws.close();
  });

  const get = async (name: string, options: RequestOptions = {}) => {
    const port = await aws.lattice.gateway(vpcId);
    const sent = request({
      host: "127.0.0.1",
      port,
      servername: name,
      headers: { host: name },
      ca,
      agent: false,
      ...options,
    });
    sent.end();
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    return { status: response.statusCode, headers: JSON.parse(await text(response)) };
  };

  test("shows each name a certificate that the local authority has signed", async () => {
    for (const name of [custom, generated]) {
      const { status, headers } = await get(name);
      expect(status).toBe(200);
      expect(headers).toMatchObject({ host: name, "x-forwarded-proto": "https", "x-forwarded-port": "443" });
    }
  });

  test("is not trusted by who does not know the authority", async () => {
    await expect(get(custom, { ca: [] })).rejects.toMatchObject({
      code: expect.stringMatching(/UNABLE_TO_(VERIFY|GET)|SELF_SIGNED/),
    });
  });

  test("ends the handshake for a name that no service has", async () => {
    await expect(get("nobody.example.com")).rejects.toThrow();
  });

  test("speaks TLS 1.2 and 1.3, and nothing older", async () => {
    const port = await aws.lattice.gateway(vpcId);
    const versionOf = async (maxVersion: "TLSv1.2" | "TLSv1.3") => {
      const socket: TLSSocket = connectTls({ port, host: "127.0.0.1", servername: custom, ca, maxVersion });
      await once(socket, "secureConnect");
      const version = socket.getProtocol();
      socket.destroy();
      return version;
    };
    expect(await versionOf("TLSv1.2")).toBe("TLSv1.2");
    expect(await versionOf("TLSv1.3")).toBe("TLSv1.3");
    const old = connectTls({
      port,
      host: "127.0.0.1",
      servername: custom,
      ca,
      minVersion: "TLSv1",
      maxVersion: "TLSv1.1",
    });
    await expect(once(old, "secureConnect")).rejects.toThrow();
  });

  test("agrees on HTTP/2 with who offers it, and passes it on as HTTP/1.1", async () => {
    const port = await aws.lattice.gateway(vpcId);
    const session = connectHttp2(`https://127.0.0.1:${port}`, { servername: custom, ca });
    const stream = session.request({ ":path": "/", ":authority": custom, cookie: ["a=1", "b=2"] as never });
    stream.end();
    const [headers] = (await once(stream, "response")) as [IncomingHttpHeaders];
    expect(headers[":status"]).toBe(200);
    expect(session.alpnProtocol).toBe("h2");
    let body = "";
    for await (const chunk of stream) body += chunk;
    expect(JSON.parse(body)).toMatchObject({ host: custom, cookie: "a=1; b=2" });
    session.destroy();
  });

  test("is not found in plain text", async () => {
    expect((await send(rig, custom, "/")).status).toBe(404);
    expect((await send(rig, `${custom}:443`, "/")).status).toBe(404);
  });
});

describe("A TLS listener", () => {
  test("takes a connection to the target by the name it asks for, ends no TLS itself, and logs it when it is over", async () => {
    const clock = manualClock();
    const aws = await startLocalAws({ clock, lattice: { transitionMs: 0 } });
    aws.ec2.putVpc({ vpcId, cidrBlock: "10.0.0.0/16" });
    const rig: Rig = {
      lattice: aws.lattice,
      call: (operation, input) => aws.call("vpc-lattice", operation, input),
    };
    const name = "payments.example.com";
    const authority = localAuthority(undefined);
    const { certificate, privateKey } = await authority.issue([name]);
    const server = createTlsServer({ cert: certificate, key: privateKey }, (_, response) =>
      response.end("sealed"),
    );
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { id: groupId } = await rig.call("CreateTargetGroup", {
      name: "sealed",
      type: "IP",
      config: { port: 443, protocol: "TCP", vpcIdentifier: vpcId },
    });
    aws.lattice.addresses.set("10.0.0.1:443", `127.0.0.1:${portOf(server)}`);
    await rig.call("RegisterTargets", { targetGroupIdentifier: groupId, targets: [{ id: "10.0.0.1" }] });
    const networkId = await network(rig);
    const { id } = await rig.call("CreateService", { name: "payments", customDomainName: name });
    await rig.call("CreateListener", {
      serviceIdentifier: id,
      name: "sealed",
      protocol: "TLS_PASSTHROUGH",
      defaultAction: forward([groupId, 1]),
    });
    await rig.call("CreateServiceNetworkServiceAssociation", {
      serviceIdentifier: id,
      serviceNetworkIdentifier: networkId,
    });
    await aws.call("logs", "CreateLogGroup", { logGroupName: "access" });
    await rig.call("CreateAccessLogSubscription", {
      resourceIdentifier: id,
      destinationArn: "arn:aws:logs:us-east-1:123456789012:log-group:access",
    });
    const port = await aws.lattice.gateway(vpcId);
    const get = async (servername: string) => {
      const sent = request({ port, host: "127.0.0.1", servername, ca: await authority.root(), agent: false });
      sent.end();
      const [response] = (await once(sent, "response")) as [IncomingMessage];
      return text(response);
    };
    expect(await get(name)).toBe("sealed");
    await expect(get("other.example.com")).rejects.toThrow();
    await rig.call("UpdateService", { serviceIdentifier: id, authType: "AWS_IAM" });
    await expect(get(name)).rejects.toThrow();
    const Statement = { Effect: "Allow", Principal: "*", Action: "vpc-lattice-svcs:Connect", Resource: "*" };
    const policy = JSON.stringify({ Version: "2012-10-17", Statement });
    await rig.call("PutAuthPolicy", { resourceIdentifier: id, policy });
    expect(await get(name)).toBe("sealed");
    server.closeAllConnections();
    server.close();
    await once(server, "close");
    await expect(get(name)).rejects.toThrow();
    const lines = await vi.waitFor(async () => {
      await clock.advance(3 * 60_000);
      const { events } = await aws.call("logs", "FilterLogEvents", { logGroupName: "access" });
      expect(events).toHaveLength(4);
      return events.map(({ message }: { message: string }) => JSON.parse(message));
    });
    const ofTarget = { serverNameIndication: name, targetGroupArn: expect.stringContaining(groupId) };
    const served = { ...ofTarget, targetIpPort: "10.0.0.1:443", failureReason: "-", requestMethod: "-" };
    const denied = { failureReason: "ClientAccessDenied", authDeniedReason: "Service", targetGroupArn: "-" };
    expect(lines).toEqual([
      expect.objectContaining({ ...served, resolvedUser: "-" }),
      expect.objectContaining({ ...denied, resolvedUser: "Anonymous", bytesSent: 0 }),
      expect.objectContaining({ ...served, resolvedUser: "Anonymous" }),
      expect.objectContaining({ ...ofTarget, failureReason: "TargetConnectionError", bytesSent: 0 }),
    ]);
    for (const index of [0, 2]) {
      expect(lines[index].bytesReceived).toBeGreaterThan(200);
      expect(lines[index].bytesSent).toBeGreaterThan(200);
    }
    await aws.close();
  });
});
