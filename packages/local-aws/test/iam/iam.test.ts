import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRoleTagsCommand,
  ListUsersCommand,
  PutRolePolicyCommand,
  paginateGetAccountAuthorizationDetails,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { describe, expect, test } from "vitest";
import { clientSettings, roleSettings, runningLocalAws } from "../running-local-aws.ts";

const RoleName = "shifter";
const trust = (Service: string) =>
  JSON.stringify({ Statement: { Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" } });
const mayRead = JSON.stringify({ Statement: { Effect: "Allow", Action: "ssm:GetParameter", Resource: "*" } });

async function role() {
  const { settings, ...rest } = await runningLocalAws();
  const client = new IAMClient(settings);
  const AssumeRolePolicyDocument = trust("lambda.amazonaws.com");
  const { Role } = await client.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  return { ...rest, client, arn: Role?.Arn ?? "" };
}

describe("IAM", () => {
  test("makes a role that the service it trusts can assume, and no other", async () => {
    const { aws, client, arn } = await role();
    const as = (service: string) =>
      aws.iam.assume(arn, "session", { type: "service", account: aws.account, arn: service });
    expect(as("lambda.amazonaws.com").arn).toBe("arn:aws:sts::123456789012:assumed-role/shifter/session");
    expect(() => as("states.amazonaws.com")).toThrow("is not authorized to perform: sts:AssumeRole");
    await client.send(
      new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust("states.amazonaws.com") }),
    );
    expect(as("states.amazonaws.com")).toBeDefined();
    expect(() => as("lambda.amazonaws.com")).toThrow("is not authorized");
  });

  test("lets sessions that are open do at once what a new policy allows, and no more when it is gone", async () => {
    const { aws, client, arn } = await role();
    const lambda = { type: "service", account: aws.account, arn: "lambda.amazonaws.com" } as const;
    const session = aws.iam.assume(arn, "session", lambda);
    const ssm = new SSMClient(clientSettings(aws, aws.iam.credentialsOf(session)));
    const read = () => ssm.send(new GetParameterCommand({ Name: "/sst/bootstrap" }));
    await expect(read()).rejects.toMatchObject({ name: "AccessDeniedException" });
    await client.send(new PutRolePolicyCommand({ RoleName, PolicyName: "read", PolicyDocument: mayRead }));
    await expect(read()).resolves.toBeDefined();
    await client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "read" }));
    await expect(read()).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  test("shows roles and policies, policies percent-encoded as IAM does", async () => {
    const { client, clock } = await role();
    await client.send(new PutRolePolicyCommand({ RoleName, PolicyName: "read", PolicyDocument: mayRead }));
    const { Role } = await client.send(new GetRoleCommand({ RoleName }));
    expect(Role).toMatchObject({ RoleName, Path: "/", CreateDate: new Date(clock.now()) });
    const { PolicyNames } = await client.send(new ListRolePoliciesCommand({ RoleName }));
    expect(PolicyNames).toEqual(["read"]);
    const { PolicyDocument = "" } = await client.send(
      new GetRolePolicyCommand({ RoleName, PolicyName: "read" }),
    );
    expect(JSON.parse(decodeURIComponent(PolicyDocument))).toEqual(JSON.parse(mayRead));
  });

  test("lets a role do what a managed policy allows while that is attached, and shows it", async () => {
    const { aws, client, arn } = await role();
    const lambda = { type: "service", account: aws.account, arn: "lambda.amazonaws.com" } as const;
    const session = aws.iam.assume(arn, "session", lambda);
    const ssm = new SSMClient(clientSettings(aws, aws.iam.credentialsOf(session)));
    const read = () => ssm.send(new GetParameterCommand({ Name: "/sst/bootstrap" }));
    const create = new CreatePolicyCommand({ PolicyName: "read", Path: "/shop/", PolicyDocument: mayRead });
    const { Policy } = await client.send(create);
    const PolicyArn = Policy?.Arn ?? "";
    expect(PolicyArn).toBe("arn:aws:iam::123456789012:policy/shop/read");
    await expect(client.send(create)).rejects.toMatchObject({ name: "EntityAlreadyExistsException" });

    await client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    await expect(read()).resolves.toBeDefined();
    const { AttachedPolicies } = await client.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    expect(AttachedPolicies).toEqual([{ PolicyName: "read", PolicyArn }]);
    const VersionId = (await client.send(new GetPolicyCommand({ PolicyArn }))).Policy?.DefaultVersionId;
    const { PolicyVersion } = await client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    expect(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? ""))).toEqual(JSON.parse(mayRead));

    const conflict = { name: "DeleteConflictException" };
    await expect(client.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject(conflict);
    await expect(client.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject(conflict);
    await client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    await expect(read()).rejects.toMatchObject({ name: "AccessDeniedException" });
    await client.send(new DeletePolicyCommand({ PolicyArn }));
    await expect(client.send(new GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      name: "NoSuchEntityException",
    });
  });

  test("tells all roles and managed policies of the account, page by page", async () => {
    const { client } = await role();
    await client.send(new PutRolePolicyCommand({ RoleName, PolicyName: "own", PolicyDocument: mayRead }));
    const { Policy } = await client.send(
      new CreatePolicyCommand({ PolicyName: "shared", PolicyDocument: mayRead }),
    );
    await client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: Policy?.Arn }));
    const pages = [];
    for await (const page of paginateGetAccountAuthorizationDetails({ client, pageSize: 1 }, {}))
      pages.push(page);
    const roles = pages.flatMap(({ RoleDetailList = [] }) => RoleDetailList);
    expect(pages.length).toBe(roles.length + 1);
    expect(roles.find((each) => each.RoleName === RoleName)).toMatchObject({
      RolePolicyList: [{ PolicyName: "own", PolicyDocument: encodeURIComponent(mayRead) }],
      AttachedManagedPolicies: [{ PolicyName: "shared", PolicyArn: Policy?.Arn }],
    });
    expect(pages.flatMap(({ Policies = [] }) => Policies)).toMatchObject([
      { Arn: Policy?.Arn, PolicyVersionList: [{ Document: encodeURIComponent(mayRead) }] },
    ]);
  });

  test("deletes a role only without its policies", async () => {
    const { client } = await role();
    await client.send(new PutRolePolicyCommand({ RoleName, PolicyName: "read", PolicyDocument: mayRead }));
    const remove = () => client.send(new DeleteRoleCommand({ RoleName }));
    await expect(remove()).rejects.toMatchObject({ name: "DeleteConflictException" });
    await client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "read" }));
    await remove();
    await expect(client.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject({
      name: "NoSuchEntityException",
      $metadata: { httpStatusCode: 404 },
    });
  });

  test("refuses a second role of a name, a policy that is none and what it does not offer", async () => {
    const { aws, client } = await role();
    const again = new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: mayRead });
    await expect(client.send(again)).rejects.toMatchObject({ name: "EntityAlreadyExistsException" });
    const bad = new PutRolePolicyCommand({ RoleName, PolicyName: "p", PolicyDocument: '{"Statement": []}' });
    await expect(client.send(bad)).rejects.toMatchObject({ name: "MalformedPolicyDocumentException" });
    await expect(client.send(new ListUsersCommand({}))).rejects.toMatchObject({ name: "InvalidAction" });
    const visitor = new IAMClient(roleSettings(aws, []));
    await expect(visitor.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject({
      name: "AccessDenied",
    });
  });
});

describe("The tags of a role", () => {
  const tags = (...pairs: readonly (readonly [string, string])[]) =>
    pairs.map(([Key, Value]) => ({ Key, Value }));

  test("are given with it, replaced, shown and taken away, whatever the case of their keys", async () => {
    const { client } = await role();
    const tagged = { RoleName: "tagged", AssumeRolePolicyDocument: trust("lambda.amazonaws.com") };
    await client.send(new CreateRoleCommand({ ...tagged, Tags: tags(["Team", "orders"], ["stage", "dev"]) }));
    await client.send(new TagRoleCommand({ RoleName: "tagged", Tags: tags(["team", "stock"]) }));
    const { Role } = await client.send(new GetRoleCommand({ RoleName: "tagged" }));
    expect(Role?.Tags).toEqual(tags(["stage", "dev"], ["team", "stock"]));
    await client.send(new UntagRoleCommand({ RoleName: "tagged", TagKeys: ["STAGE", "other"] }));
    await client.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: "tagged",
        PolicyDocument: trust("states.amazonaws.com"),
      }),
    );
    const { Tags } = await client.send(new ListRoleTagsCommand({ RoleName: "tagged" }));
    expect(Tags).toEqual(tags(["team", "stock"]));
  });

  test.for([
    ["InvalidInput", "a key twice", tags(["team", "a"], ["Team", "b"])],
    ["ValidationError", "a key with a semicolon", tags(["team;", "a"])],
    ["ValidationError", "a value that is too long", tags(["team", "a".repeat(257)])],
    ["LimitExceeded", "too many", tags(...Array.from({ length: 51 }, (_, n) => [`tag${n}`, ""] as const))],
  ] as const)("are refused as %s: %s", async ([name, , Tags]) => {
    const { client } = await role();
    const refused = client.send(new TagRoleCommand({ RoleName, Tags: [...Tags] }));
    await expect(refused).rejects.toMatchObject({ name: expect.stringMatching(name) });
  });

  test("are condition keys of its own calls and of calls on it", async () => {
    const { aws } = await role();
    const settings = roleSettings(aws, ["iam:GetRole"]);
    const visitor = aws.iam.role("visitor");
    if (visitor === undefined) throw new Error("no role");
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a variable of IAM's.
    const Condition = { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } };
    const Statement = { Effect: "Allow", Action: "iam:GetRole", Resource: "*", Condition } as const;
    aws.iam.putRole({ ...visitor, policies: { own: { Version: "2012-10-17", Statement } } });
    const get = () => new IAMClient(settings).send(new GetRoleCommand({ RoleName }));
    await expect(get()).rejects.toMatchObject({ name: "AccessDenied" });
    const root = new IAMClient(clientSettings(aws, aws.credentials));
    for (const each of [RoleName, "visitor"])
      await root.send(new TagRoleCommand({ RoleName: each, Tags: tags(["team", "orders"]) }));
    await expect(get()).resolves.toBeDefined();
  });
});
