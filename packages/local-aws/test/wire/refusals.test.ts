import { request } from "node:http";
import { gzipSync } from "node:zlib";
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { DescribeExecutionCommand, SFNClient } from "@aws-sdk/client-sfn";
import { DeleteDocumentCommand, GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import { describe, expect, test } from "vitest";
import type { LocalAws } from "../../src/index.ts";
import { runningLocalAws } from "../running-local-aws.ts";

describe("the endpoint", () => {
  test("names an operation that it does not offer", async () => {
    const { settings } = await runningLocalAws();
    await expect(
      new SSMClient(settings).send(new DeleteDocumentCommand({ Name: "x" })),
    ).rejects.toMatchObject({
      name: "UnknownOperationException",
      message: "ssm:DeleteDocument is not offered by this local AWS",
    });
  });

  test("names a service that it does not offer, in XML to who sends a form", async () => {
    const { aws } = await runningLocalAws();
    const ask = (type: string) =>
      signedRequest(aws, {
        ...{ service: "ecs", target: "none", body: "Action=DescribeLoadBalancers" },
        headers: { "content-type": type },
      });
    const message = /the service (&quot;|\\?")ecs(&quot;|\\?") is not offered by this local AWS/;
    const form = await ask("application/x-www-form-urlencoded; charset=utf-8");
    expect(form.status).toBe(404);
    expect(form.body).toMatch(/^<ErrorResponse.*<Code>InvalidAction<\/Code>/s);
    expect(form.body).toMatch(message);
    const json = await ask("application/json");
    expect(json.status).toBe(404);
    expect(json.body).toMatch(/^\{.*UnknownOperationException/s);
    expect(json.body).toMatch(message);
  });

  test("names a member that is missing", async () => {
    const { settings } = await runningLocalAws();
    const describe = new DescribeExecutionCommand({ executionArn: undefined });
    await expect(new SFNClient(settings).send(describe)).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining("Value null at 'executionArn'"),
    });
  });

  test("names a member of a member of a list that is missing", async () => {
    const { settings } = await runningLocalAws();
    const logEvents = [
      { timestamp: 1, message: "fine" },
      { timestamp: undefined, message: "when?" },
    ];
    const put = new PutLogEventsCommand({ logGroupName: "g", logStreamName: "s", logEvents });
    await expect(new CloudWatchLogsClient(settings).send(put)).rejects.toMatchObject({
      message: expect.stringContaining("Value null at 'logEvents.2.member.timestamp'"),
    });
  });

  test.for([
    ["that is not JSON", '{"Name": "a"'],
    ["that is a list", "[]"],
    ["that is null", "null"],
    ["with a number for a text", '{"Name": 5}'],
    ["with a list for a flag", '{"Name": "a", "WithDecryption": [true]}'],
    ["that is not UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ] as const)("answers 400 to a body %s, and goes on", async ([, body]) => {
    const { aws } = await runningLocalAws();
    const refused = await signedRequest(aws, { service: "ssm", target: "AmazonSSM.GetParameter", body });
    expect(refused.status).toBe(400);
    const fine = await signedRequest(aws, {
      service: "ssm",
      target: "AmazonSSM.GetParameter",
      body: '{"Name":"/sst/bootstrap"}',
    });
    expect(fine.status).toBe(200);
  });

  test.for([["AmazonSSM.Nonsense"], ["constructor"], ["AmazonSSM.__proto__"], [""]] as const)(
    "refuses the target '%s'",
    async ([target]) => {
      const { aws } = await runningLocalAws();
      const { status, body } = await signedRequest(aws, { service: "ssm", target, body: "{}" });
      expect(status).toBe(404);
      expect(body).toContain("UnknownOperationException");
    },
  );

  test.for(["braket", "constructor", "__proto__"])(
    "names the service %s, which it does not offer",
    async (service) => {
      const { aws } = await runningLocalAws();
      const { status, body } = await signedRequest(aws, { service, target: "x", body: "{}" });
      expect(status).toBe(404);
      expect(JSON.parse(body).message).toBe(`the service "${service}" is not offered by this local AWS`);
    },
  );

  test("refuses a body of 10 MB with 413", async () => {
    const { aws } = await runningLocalAws();
    const body = Buffer.alloc(10 * 1024 * 1024, "x");
    const { status } = await signedRequest(aws, { service: "states", target: "AWSStepFunctions.x", body });
    expect(status).toBe(413);
  });

  test("refuses a compressed body that inflates without end", async () => {
    const { aws } = await runningLocalAws();
    const body = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const { status } = await signedRequest(aws, {
      service: "monitoring",
      target: "GraniteServiceVersion20100801.PutMetricData",
      body,
      headers: { "content-encoding": "gzip" },
    });
    expect(status).toBe(400);
  });

  test("outlives a client that goes away in the middle of a body", async () => {
    const { aws, settings } = await runningLocalAws();
    const { port } = new URL(aws.endpoint);
    const half = request({ port, host: "127.0.0.1", method: "POST", headers: { "content-length": "1000" } });
    await new Promise<void>((resolve) => {
      half.on("error", () => resolve());
      half.write("half", () => half.destroy(new Error("gone")));
    });
    await expect(
      new CloudWatchLogsClient(settings).send(new DescribeLogGroupsCommand({})),
    ).resolves.toMatchObject({ logGroups: [] });
  });

  test("answers a flood of calls", async () => {
    const { settings } = await runningLocalAws();
    const client = new SSMClient(settings);
    const answers = await Promise.all(
      Array.from({ length: 300 }, () => client.send(new GetParameterCommand({ Name: "/sst/bootstrap" }))),
    );
    expect(answers.filter(({ Parameter }) => Parameter?.Version === 1)).toHaveLength(300);
  });

  test("cannot be started twice on one port", async () => {
    const { aws } = await runningLocalAws();
    const port = Number(new URL(aws.endpoint).port);
    await expect(runningLocalAws({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});

/** A signed POST with a body of one's own making. */
async function signedRequest(
  aws: LocalAws,
  call: { service: string; target: string; body: string | Uint8Array; headers?: Record<string, string> },
): Promise<{ status: number; body: string }> {
  const { host, hostname } = new URL(aws.endpoint);
  const signer = new SignatureV4({
    service: call.service,
    region: aws.region,
    credentials: aws.credentials,
    sha256: Sha256,
  });
  const { headers } = await signer.sign({
    method: "POST",
    protocol: "http:",
    hostname,
    path: "/",
    headers: { host, "x-amz-target": call.target, ...call.headers },
    body: call.body,
  });
  const response = await fetch(aws.endpoint, { method: "POST", headers, body: Buffer.from(call.body) });
  return { status: response.status, body: await response.text() };
}
