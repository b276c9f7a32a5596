import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { roleSettings, runningLocalAws } from "../running-local-aws.ts";

const nothing = new GetParameterCommand({ Name: "nothing" });

describe("a signature", () => {
  test("that is right lets the caller in", async () => {
    const { aws, settings } = await runningLocalAws();
    const identity = await new STSClient(settings).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({ Account: aws.account, Arn: `arn:aws:iam::${aws.account}:root` });
  });

  test("by a wrong secret is refused", async () => {
    const { settings } = await runningLocalAws();
    const credentials = { ...settings.credentials, secretAccessKey: "guessed" };
    await expect(new SSMClient({ ...settings, credentials }).send(nothing)).rejects.toMatchObject({
      name: "InvalidSignatureException",
      $metadata: { httpStatusCode: 403 },
    });
  });

  test("by an unknown key is refused", async () => {
    const { settings } = await runningLocalAws();
    const credentials = { accessKeyId: "AKIAUNKNOWN", secretAccessKey: "any" };
    await expect(new SSMClient({ ...settings, credentials }).send(nothing)).rejects.toMatchObject({
      name: "UnrecognizedClientException",
    });
  });

  test("of a session without its token is refused", async () => {
    const { aws } = await runningLocalAws();
    const { credentials, ...settings } = roleSettings(aws, ["ssm:*"]);
    const { accessKeyId, secretAccessKey } = credentials;
    const client = new SSMClient({ ...settings, credentials: { accessKeyId, secretAccessKey } });
    await expect(client.send(nothing)).rejects.toMatchObject({ name: "UnrecognizedClientException" });
  });

  test("of a session that has ended is refused as expired", async () => {
    const { aws, settings } = await runningLocalAws();
    const ended = aws.iam.temporaryCredentialsOf(aws.iam.root.caller, 0);
    const client = new SSMClient({ ...settings, credentials: ended });
    await expect(client.send(nothing)).rejects.toMatchObject({ name: "ExpiredTokenException" });
  });

  test("for what is no region is refused by a message that names it", async () => {
    const { settings } = await runningLocalAws();
    await expect(new SSMClient({ ...settings, region: "nowhere" }).send(nothing)).rejects.toMatchObject({
      name: "InvalidSignatureException",
      message: expect.stringContaining("'nowhere'"),
    });
  });

  test("of an hour ago is refused, whatever the AWS clock says", async () => {
    const { settings } = await runningLocalAws();
    const client = new SSMClient({
      ...settings,
      systemClockOffset: -3_600_000,
    });
    await expect(client.send(nothing)).rejects.toMatchObject({
      name: "InvalidSignatureException",
      message: expect.stringContaining("Signature expired"),
    });
  });

  test("does not cover a body that was changed on the way", async () => {
    const { aws, settings } = await runningLocalAws();
    const client = new SSMClient(settings);
    client.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { body: Uint8Array };
        request.body = Buffer.from(Buffer.concat([request.body]).toString().replace("honest", "forged"));
        return next(args);
      },
      { step: "finalizeRequest", priority: "low" },
    );
    const put = new PutParameterCommand({ Name: "price", Value: "honest", Type: "String" });
    await expect(client.send(put)).rejects.toMatchObject({ name: "InvalidSignatureException" });
    await expect(aws.call("ssm", "GetParameter", { Name: "price" })).rejects.toMatchObject({
      code: "ParameterNotFound",
    });
  });

  test("that is missing is refused", async () => {
    const { aws } = await runningLocalAws();
    const response = await fetch(aws.endpoint, {
      method: "POST",
      headers: { "x-amz-target": "AmazonSSM.GetParameter" },
      body: "{}",
    });
    expect(response.status).toBe(403);
    expect(response.headers.get("x-amzn-errortype")).toBe("MissingAuthenticationTokenException");
  });

  test("that is torn is refused as incomplete", async () => {
    const { aws } = await runningLocalAws();
    const response = await fetch(aws.endpoint, {
      headers: { authorization: "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/ssm/aws4_request" },
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ __type: "IncompleteSignatureException" });
  });

  test("by a key with the shape of a property of every object is refused like any unknown one", async () => {
    const { settings } = await runningLocalAws();
    for (const accessKeyId of ["__proto__", "constructor"]) {
      const client = new SSMClient({ ...settings, credentials: { accessKeyId, secretAccessKey: "any" } });
      await expect(client.send(nothing)).rejects.toMatchObject({ name: "UnrecognizedClientException" });
    }
  });
});
