import { CreateQueueCommand, GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
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
