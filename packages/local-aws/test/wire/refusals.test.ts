import { request } from "node:http";
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { DescribeExecutionCommand, SFNClient } from "@aws-sdk/client-sfn";
import { CreateQueueCommand, GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";
import {
  DeleteDocumentCommand,
  GetParameterCommand,
  PutParameterCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { SignatureV4 } from "@smithy/signature-v4";
import { describe, expect, test } from "vitest";
import type { LocalAws } from "../../src/index.ts";
import { roleSettings, runningLocalAws } from "../running-local-aws.ts";

describe("a role", () => {
  test("may do what its policy allows on the resource it names", async () => {
    const { aws } = await runningLocalAws();
    const resource = `arn:aws:ssm:us-east-1:${aws.account}:parameter/mine/*`;
    const client = new SSMClient(roleSettings(aws, ["ssm:PutParameter"], resource));
    const put = (Name: string) => client.send(new PutParameterCommand({ Name, Value: "1", Type: "String" }));
    await expect(put("/mine/one")).resolves.toMatchObject({ Version: 1 });
    await expect(put("/others/one")).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  test("without permission is refused by a message that names it, the action and the resource", async () => {
    const { aws } = await runningLocalAws();
    const client = new SSMClient(roleSettings(aws, []));
    await expect(client.send(new GetParameterCommand({ Name: "/a" }))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message:
        "User: arn:aws:sts::123456789012:assumed-role/visitor/session is not authorized to perform: ssm:GetParameter " +
        "on resource: arn:aws:ssm:us-east-1:123456789012:parameter/a because no identity-based policy allows the ssm:GetParameter action",
    });
  });

  test("is held back by an explicit deny beside an allow", async () => {
    const { aws } = await runningLocalAws();
    const settings = roleSettings(aws, ["ssm:*"]);
    const role = aws.iam.role("visitor");
    if (role === undefined) throw new Error("no role");
    const deny = { Statement: { Effect: "Deny", Action: "ssm:Get*", Resource: "*" } } as const;
    aws.iam.putRole({ ...role, policies: { ...role.policies, deny } });
    await expect(new SSMClient(settings).send(new GetParameterCommand({ Name: "/a" }))).rejects.toMatchObject(
      {
        message: expect.stringContaining("with an explicit deny in an identity-based policy"),
      },
    );
  });

  test("may use a queue whose own policy names it", async () => {
    const { aws, settings } = await runningLocalAws();
    const visitor = roleSettings(aws, []);
    const Policy = JSON.stringify({
      Statement: {
        Effect: "Allow",
        Principal: { AWS: aws.iam.role("visitor")?.arn },
        Action: "sqs:GetQueueUrl",
        Resource: "*",
      },
    });
    await new SQSClient(settings).send(new CreateQueueCommand({ QueueName: "open", Attributes: { Policy } }));
    const url = await new SQSClient(visitor).send(new GetQueueUrlCommand({ QueueName: "open" }));
    expect(url.QueueUrl).toBe(`${aws.endpoint}/${aws.account}/open`);
  });

  test("gets nothing from a queue's policy that names its whole account but a deny", async () => {
    const { aws } = await runningLocalAws();
    const settings = roleSettings(aws, []);
    const url = new GetQueueUrlCommand({ QueueName: "shared" });
    const setPolicy = async (Effect: string) => {
      const Statement = { Effect, Principal: { AWS: aws.account }, Action: "sqs:GetQueueUrl", Resource: "*" };
      const Attributes = { Policy: JSON.stringify({ Statement }) };
      await aws.call("sqs", "SetQueueAttributes", { QueueUrl: "shared", Attributes });
    };
    await aws.call("sqs", "CreateQueue", { QueueName: "shared" });
    await setPolicy("Allow");
    await expect(new SQSClient(settings).send(url)).rejects.toMatchObject({
      message: expect.stringContaining("because no identity-based policy allows"),
    });
    await setPolicy("Deny");
    await expect(new SQSClient(roleSettings(aws, ["sqs:*"])).send(url)).rejects.toMatchObject({
      message: expect.stringContaining("with an explicit deny in a resource-based policy"),
    });
  });

  test("cannot be assumed by a caller whom it does not trust", async () => {
    const { aws, settings } = await runningLocalAws();
    const role = aws.iam.putRole({
      name: "closed",
      trust: {
        Statement: {
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      },
      policies: {},
    });
    const assume = new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: "me" });
    await expect(new STSClient(settings).send(assume)).rejects.toMatchObject({ name: "AccessDenied" });
  });

  test("can be assumed over the wire, and its credentials work", async () => {
    const { aws, settings } = await runningLocalAws();
    roleSettings(aws, ["ssm:*"]);
    const role = aws.iam.role("visitor");
    const { Credentials } = await new STSClient(settings).send(
      new AssumeRoleCommand({ RoleArn: role?.arn, RoleSessionName: "me" }),
    );
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    };
    const client = new SSMClient({ ...settings, credentials });
    await expect(client.send(new GetParameterCommand({ Name: "/sst/bootstrap" }))).resolves.toBeDefined();
  });
});

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

  test("names a service that it does not offer", async () => {
    const { aws } = await runningLocalAws();
    const { status, body } = await signedRequest(aws, { service: "braket", target: "x", body: "{}" });
    expect(status).toBe(404);
    expect(body).toContain('the service \\"braket\\" is not offered');
  });

  test("refuses a body of 10 MB with 413", async () => {
    const { aws } = await runningLocalAws();
    const body = Buffer.alloc(10 * 1024 * 1024, "x");
    const { status } = await signedRequest(aws, { service: "states", target: "AWSStepFunctions.x", body });
    expect(status).toBe(413);
  });

  test("refuses a compressed body that inflates without end", async () => {
    const { aws } = await runningLocalAws();
    const { gzipSync } = await import("node:zlib");
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
  const { Sha256 } = await import("@smithy/core/checksum");
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
