import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { roleSettings, runningLocalAws } from "../running-local-aws.ts";

async function trustedRole() {
  const running = await runningLocalAws();
  const visitor = roleSettings(running.aws, []);
  const RoleArn = running.aws.iam.role("visitor")?.arn;
  return { ...running, client: new STSClient(running.settings), visitor, RoleArn };
}

describe("AssumeRole", () => {
  test("says until when the credentials are good, on the wall's clock", async () => {
    const { client, RoleArn } = await trustedRole();
    const before = Date.now();
    const assumed = await client.send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: "me", DurationSeconds: 900 }),
    );
    const expiresAt = assumed.Credentials?.Expiration?.getTime() ?? 0;
    expect(expiresAt - before).toBeGreaterThanOrEqual(899_000);
    expect(expiresAt - Date.now()).toBeLessThanOrEqual(901_000);
    expect(assumed.AssumedRoleUser?.Arn).toBe("arn:aws:sts::123456789012:assumed-role/visitor/me");
  });

  test("gives every session keys of its own", async () => {
    const { client, RoleArn } = await trustedRole();
    const assume = () => client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "me" }));
    const [one, other] = [await assume(), await assume()];
    expect(one.Credentials?.AccessKeyId).not.toBe(other.Credentials?.AccessKeyId);
  });

  test.for([
    ["a session name with a space", { RoleSessionName: "a b" }],
    ["a session name of one letter", { RoleSessionName: "a" }],
    ["a session of a minute", { RoleSessionName: "me", DurationSeconds: 60 }],
    ["no session name", { RoleSessionName: undefined }],
  ] as const)("refuses %s", async ([, input]) => {
    const { client, RoleArn } = await trustedRole();
    await expect(client.send(new AssumeRoleCommand({ RoleArn, ...input }))).rejects.toMatchObject({
      name: "ValidationError",
    });
  });

  test("tags the session where the caller may and the role trusts it to, and says so to policies", async () => {
    const { aws, client, visitor, RoleArn } = await trustedRole();
    const Tags = [{ Key: "team", Value: "orders" }];
    const assume = (sts: STSClient) =>
      sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "me", Tags }));
    await expect(assume(client)).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining("sts:TagSession"),
    });
    const role = aws.iam.role("visitor");
    if (role === undefined) throw new Error("no role");
    const Condition = { StringEquals: { "aws:RequestTag/team": "orders" } };
    const Principal = { AWS: aws.account };
    const Action = ["sts:AssumeRole", "sts:TagSession"];
    aws.iam.putRole({ ...role, trust: { Statement: { Effect: "Allow", Principal, Action, Condition } } });
    const { Credentials } = await assume(client);
    const caller = aws.iam.callerOf(Credentials?.AccessKeyId ?? "")?.caller;
    expect(caller && aws.iam.principalTags(caller)).toEqual({ team: "orders" });
    await expect(assume(new STSClient(visitor))).rejects.toMatchObject({ name: "AccessDenied" });
  });

  test("refuses tags that would be handed on to the next session", async () => {
    const { client, RoleArn } = await trustedRole();
    const transitive = { RoleArn, RoleSessionName: "me", TransitiveTagKeys: ["team"] };
    await expect(client.send(new AssumeRoleCommand(transitive))).rejects.toMatchObject({
      name: "ValidationError",
      message: expect.stringContaining("TransitiveTagKeys"),
    });
  });

  test("takes the permission to assume, where the role trusts the account as a whole", async () => {
    const { aws, visitor, RoleArn } = await trustedRole();
    const assume = () =>
      new STSClient(visitor).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "me" }));
    await expect(assume()).rejects.toMatchObject({ name: "AccessDenied" });
    roleSettings(aws, ["sts:AssumeRole"]);
    await expect(assume()).resolves.toBeDefined();
  });
});
