import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { request, type Server } from "node:http";
import os from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  GetLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateAccessLogSubscriptionCommand,
  DeleteAccessLogSubscriptionCommand,
  GetAccessLogSubscriptionCommand,
  ListAccessLogSubscriptionsCommand,
  UpdateAccessLogSubscriptionCommand,
  VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ManualClock, manualClock } from "../../src/clock/manual-clock.ts";
import { type LocalAws, startLocalAws } from "../../src/local-aws.ts";
import {
  forward,
  group,
  network,
  type Rig,
  type ShopService,
  send,
  service,
  target,
  vpcId,
} from "./shop-builder.ts";
import { signedSend } from "./signed-send.ts";

const minute = 60_000;
const logGroup = "arn:aws:logs:us-east-1:123456789012:log-group:access";
const bucket = "arn:aws:s3:::shop-logs/lattice";

describe("Lattice's access log", () => {
  let aws: LocalAws;
  let rig: Rig;
  let clock: ManualClock;
  let shop: ShopService;
  let groupId: string;
  let server: Server;
  let folder: string;
  const clients: { destroy(): void }[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "access-logs-"));
    clock = manualClock();
    aws = await startLocalAws({ clock, lattice: { transitionMs: 0, accessLogFolder: folder } });
    aws.ec2.putVpc({ vpcId, cidrBlock: "10.0.0.0/16" });
    for (const logGroupName of ["access", "moved", "other"])
      await aws.call("logs", "CreateLogGroup", { logGroupName });
    rig = { lattice: aws.lattice, call: (operation, input) => aws.call("vpc-lattice", operation, input) };
    groupId = await group(rig, "only");
    shop = await service(rig, await network(rig), { defaultAction: forward([groupId, 1]) });
    server = await target(rig, groupId, "10.0.0.1", (incoming, response) => {
      incoming.on("error", () => undefined);
      incoming.resume();
      incoming.on("end", () => response.end("seven"));
    });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    server.close();
    await aws.close();
    rmSync(folder, { recursive: true });
  });

  const settings = () => ({
    endpoint: aws.endpoint,
    region: aws.region,
    credentials: aws.credentials,
    maxAttempts: 1,
  });
  const lattice = () => {
    const client = new VPCLatticeClient(settings());
    clients.push(client);
    return client;
  };
  const logs = () => {
    const client = new CloudWatchLogsClient(settings());
    clients.push(client);
    return client;
  };
  const subscribe = (destinationArn: string, resourceIdentifier = shop.id) =>
    lattice().send(new CreateAccessLogSubscriptionCommand({ resourceIdentifier, destinationArn }));
  const lines = async () => {
    const { events = [] } = await logs().send(new FilterLogEventsCommand({ logGroupName: "access" }));
    return events.map(({ message = "" }) => JSON.parse(message));
  };

  test("has a line for each request with every field, which can be read two minutes later at the latest", async () => {
    await subscribe(logGroup);
    const body = "hello";
    await send(rig, shop.host, "/stock?a=b", { method: "POST", body, headers: { "user-agent": "test" } });
    expect(await lines()).toEqual([]);
    await clock.advance(2 * minute);
    const [line, ...others] = await lines();
    expect(others).toEqual([]);
    expect(line).toEqual({
      serviceNetworkArn: `arn:aws:vpc-lattice:us-east-1:123456789012:servicenetwork/${shop.networkId}`,
      resolvedUser: "-",
      listenerType: "-",
      authDeniedReason: "-",
      targetGroupArn: `arn:aws:vpc-lattice:us-east-1:123456789012:targetgroup/${groupId}`,
      sourceVpcArn: `arn:aws:ec2:us-east-1:123456789012:vpc/${vpcId}`,
      destinationVpcId: vpcId,
      sourceIpPort: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      listenerId: "-",
      targetIpPort: "10.0.0.1:80",
      failureReason: "-",
      serviceArn: shop.arn,
      sourceVpcId: vpcId,
      startTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      requestMethod: "POST",
      requestPath: "/stock?a=b",
      protocol: "HTTP/1.1",
      responseCode: 200,
      bytesReceived: expect.any(Number),
      bytesSent: expect.any(Number),
      duration: expect.any(Number),
      userAgent: "test",
      hostHeader: shop.host,
      serverNameIndication: "-",
      requestToTargetDuration: expect.any(Number),
      responseFromTargetDuration: expect.any(Number),
      grpcResponseCode: "-",
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      sslCipher: "-",
      tlsVersion: "-",
      callerPrincipal: "-",
      callerPrincipalOrgID: "-",
      callerPrincipalTags: "-",
      callerX509IssuerOU: "-",
      callerX509SubjectCN: "-",
      callerX509SANNameCN: "-",
      callerX509SANDNS: "-",
      callerX509SANURI: "-",
    });
    const wire = `POST /stock?a=b HTTP/1.1\r\nuser-agent: test\r\nhost: ${shop.host}\r\ncontent-length: 5\r\n`;
    expect(line.bytesReceived).toBeGreaterThanOrEqual(wire.length + 2 + body.length);
    const { events = [] } = await logs().send(
      new GetLogEventsCommand({
        logGroupName: "access",
        logStreamName: `123456789012_VpcLatticeAccessLogs_us-east-1_${shop.id}`,
      }),
    );
    expect(events).toHaveLength(1);
  });

  test("is written for all services of a network as well", async () => {
    await subscribe(logGroup, shop.networkId);
    await subscribe(logGroup.replace("access", "other"));
    await send(rig, shop.host, "/");
    await clock.advance(2 * minute);
    expect(await lines()).toHaveLength(1);
  });

  test("names who signed, with the tags of the caller", async () => {
    await subscribe(logGroup);
    const Statement = { Effect: "Allow", Principal: { AWS: aws.account }, Action: "sts:AssumeRole" } as const;
    const tags = { team: "orders", stage: "dev" };
    const { arn } = aws.iam.putRole({ name: "order", trust: { Statement }, policies: {}, tags });
    const order = aws.iam.assume(arn, "session", aws.iam.root.caller);
    await signedSend({ ...rig, iam: aws.iam }, order, `http://${shop.host}/`);
    await clock.advance(2 * minute);
    const [line] = await lines();
    expect(line).toMatchObject({ callerPrincipal: order.arn, callerPrincipalTags: "team=orders;stage=dev" });
  });

  test("tells why a request failed, and who was denied", async () => {
    await subscribe(logGroup);
    aws.lattice.addresses.delete("10.0.0.1:80");
    await send(rig, shop.host, "/unreachable");
    const { id } = await rig.call("GetService", { serviceIdentifier: shop.id });
    await rig.call("UpdateService", { serviceIdentifier: id, authType: "AWS_IAM" });
    await send(rig, shop.host, "/denied");
    await send(rig, shop.host, "/forged", {
      headers: {
        authorization: "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host, Signature=0",
      },
    });
    await clock.advance(2 * minute);
    const seen = (await lines()).map(
      ({ requestPath, responseCode, failureReason, authDeniedReason, resolvedUser }) => [
        requestPath,
        responseCode,
        failureReason,
        authDeniedReason,
        resolvedUser,
      ],
    );
    expect(seen).toEqual([
      ["/unreachable", 500, "TargetConnectionError", "-", "-"],
      ["/denied", 403, "ClientAccessDenied", "Service", "Anonymous"],
      ["/forged", 403, "ClientAccessDenied", "-", "Unknown"],
    ]);
  });

  test("tells that the caller went away", async () => {
    await subscribe(logGroup);
    const arrived = once(server, "request");
    const sent = request({
      port: await aws.lattice.gateway(vpcId),
      host: "127.0.0.1",
      method: "POST",
      headers: { host: shop.host, "content-length": 9 },
    });
    sent.on("error", () => undefined);
    sent.write("some");
    const [reached] = await arrived;
    const gone = new Promise((resolve) => reached.once("close", resolve));
    sent.destroy();
    await gone;
    await clock.advance(2 * minute);
    expect((await lines())[0]).toMatchObject({ failureReason: "ClientConnectionClosed", responseCode: 0 });
  });

  test("goes to S3 as gzip files under the documented keys, six minutes later at the latest", async () => {
    await subscribe(bucket);
    for (const way of ["/1", "/2", "/3"]) await send(rig, shop.host, way);
    await clock.advance(6 * minute);
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".gz"),
    );
    expect(files).toHaveLength(1);
    const [file = ""] = files;
    const date = new Date(clock.now()).toISOString();
    expect(file.replaceAll(path.sep, "/")).toMatch(
      new RegExp(
        `^shop-logs/lattice/AWSLogs/123456789012/VpcLattice/AccessLogs/us-east-1/${date.slice(0, 10).replaceAll("-", "/")}/${shop.id}/` +
          `123456789012_VpcLatticeAccessLogs_us-east-1_${shop.id}_${date.slice(0, 10).replaceAll("-", "")}T\\d{4}Z_[0-9a-f]{8}\\.json\\.gz$`,
      ),
    );
    const text = gunzipSync(readFileSync(path.join(folder, file))).toString();
    const paths = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).requestPath);
    expect(paths).toEqual(["/1", "/2", "/3"]);
  });

  test("has one subscription a kind of destination, which may move within its kind and goes with its service", async () => {
    const made = await subscribe(logGroup);
    expect(made.destinationArn).toBe(`${logGroup}:*`);
    await expect(subscribe(logGroup.replace("access", "other"))).rejects.toMatchObject({
      name: "ConflictException",
    });
    await subscribe(bucket);
    const accessLogSubscriptionIdentifier = made.arn ?? "";
    const move = (destinationArn: string) =>
      lattice().send(
        new UpdateAccessLogSubscriptionCommand({ accessLogSubscriptionIdentifier, destinationArn }),
      );
    await expect(move(bucket)).rejects.toMatchObject({ name: "ConflictException" });
    await move(logGroup.replace("access", "moved"));
    expect(
      await lattice().send(new GetAccessLogSubscriptionCommand({ accessLogSubscriptionIdentifier })),
    ).toMatchObject({ destinationArn: `${logGroup.replace("access", "moved")}:*`, resourceArn: shop.arn });
    const list = async () => {
      const command = new ListAccessLogSubscriptionsCommand({ resourceIdentifier: shop.id });
      return (await lattice().send(command)).items ?? [];
    };
    expect(await list()).toHaveLength(2);
    await lattice().send(new DeleteAccessLogSubscriptionCommand({ accessLogSubscriptionIdentifier }));
    expect((await list()).map(({ destinationArn }) => destinationArn)).toEqual([bucket]);
  });

  test.for([
    "arn:aws:sqs:us-east-1:123456789012:queue",
    "arn:aws:s3:::../up",
    "nonsense-that-is-long-enough",
  ])("cannot go to %s", async (destination) => {
    await expect(subscribe(destination)).rejects.toMatchObject({ name: "ValidationException" });
  });
});
