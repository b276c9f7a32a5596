import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { describe, expect, test } from "vitest";
import { roleSettings, runningLocalAws } from "../running-local-aws.ts";

async function parameterStore() {
  const { settings, ...rest } = await runningLocalAws();
  const client = new SSMClient(settings);
  const put = (
    Name: string,
    Value = "v",
    more: { Overwrite?: boolean; Type?: "String" | "SecureString" } = {},
  ) => client.send(new PutParameterCommand({ Name, Value, Type: "String", ...more }));
  return { ...rest, client, put };
}

describe("Parameter Store", () => {
  test("gives back what was put, by name and by ARN, with the AWS time of the change", async () => {
    const { client, put, clock } = await parameterStore();
    await put("/shop/url", "http://a");
    const byName = await client.send(new GetParameterCommand({ Name: "/shop/url" }));
    const byArn = await client.send(new GetParameterCommand({ Name: byName.Parameter?.ARN }));
    expect(byName.Parameter).toEqual({
      Name: "/shop/url",
      Type: "String",
      Value: "http://a",
      Version: 1,
      DataType: "text",
      LastModifiedDate: new Date(clock.now()),
      ARN: "arn:aws:ssm:us-east-1:123456789012:parameter/shop/url",
    });
    expect(byArn.Parameter).toEqual(byName.Parameter);
  });

  test("overwrites only when told to, and counts versions", async () => {
    const { put } = await parameterStore();
    await put("/a");
    await expect(put("/a", "other")).rejects.toMatchObject({ name: "ParameterAlreadyExists" });
    await expect(put("/a", "other", { Overwrite: true })).resolves.toMatchObject({ Version: 2 });
  });

  test("hides a secure text that is not to be decrypted", async () => {
    const { client, put } = await parameterStore();
    await put("/secret", "plain", { Type: "SecureString" });
    const hidden = await client.send(new GetParameterCommand({ Name: "/secret" }));
    const shown = await client.send(new GetParameterCommand({ Name: "/secret", WithDecryption: true }));
    expect(hidden.Parameter?.Value).not.toContain("plain");
    expect(shown.Parameter?.Value).toBe("plain");
  });

  test("lists a path page by page, without what only begins alike", async () => {
    const { client, put } = await parameterStore();
    for (const name of ["/s/c", "/s/a", "/s/b", "/s/deep/d", "/sx/e"]) await put(name);
    const first = await client.send(new GetParametersByPathCommand({ Path: "/s", MaxResults: 2 }));
    const second = await client.send(
      new GetParametersByPathCommand({ Path: "/s", MaxResults: 2, NextToken: first.NextToken }),
    );
    const names = [first, second].map(({ Parameters }) => Parameters?.map(({ Name }) => Name));
    expect(names).toEqual([["/s/a", "/s/b"], ["/s/c"]]);
    expect(second.NextToken).toBeUndefined();
    const deep = await client.send(new GetParametersByPathCommand({ Path: "/s", Recursive: true }));
    expect(deep.Parameters?.map(({ Name }) => Name)).toEqual(["/s/a", "/s/b", "/s/c", "/s/deep/d"]);
  });

  test("tells the names that it does not know", async () => {
    const { client, put } = await parameterStore();
    await put("/known");
    const answer = await client.send(new GetParametersCommand({ Names: ["/known", "/unknown"] }));
    expect(answer.Parameters).toHaveLength(1);
    expect(answer.InvalidParameters).toEqual(["/unknown"]);
  });

  test("deletes once", async () => {
    const { client, put } = await parameterStore();
    await put("/a");
    await client.send(new DeleteParameterCommand({ Name: "/a" }));
    await expect(client.send(new DeleteParameterCommand({ Name: "/a" }))).rejects.toMatchObject({
      name: "ParameterNotFound",
    });
  });

  test.for([
    ["an empty value", "/a", ""],
    ["a value over 4 KiB", "/a", "x".repeat(4097)],
    ["a name with a space", "/a b", "v"],
  ] as const)("refuses %s", async ([, name, value]) => {
    const { put } = await parameterStore();
    await expect(put(name, value)).rejects.toMatchObject({ name: "ValidationException" });
  });

  test("asks for the permission on every parameter read", async () => {
    const { aws, put } = await parameterStore();
    await put("/mine/a");
    await put("/other/b");
    const arn = "arn:aws:ssm:us-east-1:123456789012:parameter/mine/*";
    const visitor = new SSMClient(roleSettings(aws, ["ssm:GetParameters"], arn));
    await expect(visitor.send(new GetParametersCommand({ Names: ["/mine/a"] }))).resolves.toBeDefined();
    await expect(
      visitor.send(new GetParametersCommand({ Names: ["/mine/a", "/other/b"] })),
    ).rejects.toMatchObject({ name: "AccessDeniedException" });
  });
});
