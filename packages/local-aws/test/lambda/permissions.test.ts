import {
  AddPermissionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
  RemovePermissionCommand,
} from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "../../src/platform.ts";
import { answer, event, type LambdaRig, lambdaRig } from "./lambda-rig.ts";

let rig: LambdaRig;
let arn: string;
beforeEach(async () => {
  rig = await lambdaRig();
  arn = rig.deploy("answers.plain", { memoryMb: 256, vpcId: "vpc-1", environment: { A: "1" } });
});
afterEach(() => rig.close());

const group = "arn:aws:vpc-lattice:us-east-1:123456789012:targetgroup/tg-1";
const permission = {
  FunctionName: "answers-plain",
  StatementId: "lattice",
  Action: "lambda:InvokeFunction",
  Principal: "vpc-lattice.amazonaws.com",
  SourceArn: group,
};
const invokeFor = (sourceArn: string) => {
  const caller: Caller = {
    type: "service",
    account: "123456789012",
    arn: "vpc-lattice.amazonaws.com",
    sourceArn,
  };
  return rig.platform.call(caller, "lambda", "Invoke", { FunctionName: arn, Payload: event([1]) });
};

describe("a service", () => {
  test("may invoke a function once its policy says so, for the source it names, until it no longer does", async () => {
    await expect(invokeFor(group)).rejects.toMatchObject({ code: "AccessDeniedException" });
    const { Statement = "" } = await rig.client.send(new AddPermissionCommand(permission));
    expect(JSON.parse(Statement)).toEqual({
      Sid: "lattice",
      Effect: "Allow",
      Principal: { Service: "vpc-lattice.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Resource: arn,
      Condition: { ArnLike: { "AWS:SourceArn": group } },
    });
    expect(answer(await invokeFor(group))).toBe(1);
    await expect(invokeFor(group.replace("tg-1", "tg-2"))).rejects.toMatchObject({
      code: "AccessDeniedException",
    });

    const { Policy = "" } = await rig.client.send(new GetPolicyCommand({ FunctionName: arn }));
    expect(JSON.parse(Policy).Statement).toEqual([JSON.parse(Statement)]);

    rig.deploy("answers.plain");
    expect(answer(await invokeFor(group))).toBe(1);
    await rig.client.send(new RemovePermissionCommand({ FunctionName: arn, StatementId: "lattice" }));
    await expect(invokeFor(group)).rejects.toMatchObject({ code: "AccessDeniedException" });
  });
});

describe("a permission", () => {
  test("is given once under its name, and taken only if it is there", async () => {
    await rig.client.send(new AddPermissionCommand(permission));
    await expect(rig.client.send(new AddPermissionCommand(permission))).rejects.toMatchObject({
      name: "ResourceConflictException",
      $metadata: { httpStatusCode: 409 },
    });
    const remove = (StatementId: string) =>
      rig.client.send(new RemovePermissionCommand({ FunctionName: arn, StatementId }));
    await expect(remove("other")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await remove("lattice");
    await expect(rig.client.send(new GetPolicyCommand({ FunctionName: arn }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });
});

describe("a role that may open functions to Lattice only", () => {
  const account = "123456789012";
  const opens = (principal: string) => {
    const { arn: roleArn } = rig.iam.putRole({
      name: "apply",
      trust: {
        Statement: {
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      },
      policies: {
        inline: {
          Statement: {
            Effect: "Allow",
            Action: "lambda:AddPermission",
            Resource: `arn:aws:lambda:us-east-1:${account}:function:*`,
            Condition: { StringEquals: { "lambda:Principal": ["vpc-lattice.amazonaws.com"] } },
          },
        },
      },
    });
    const caller = rig.iam.assume(roleArn, "apply", {
      type: "service",
      account,
      arn: "lambda.amazonaws.com",
    });
    return rig.platform.call(caller, "lambda", "AddPermission", { ...permission, Principal: principal });
  };

  test("may do that", async () => {
    await expect(opens("vpc-lattice.amazonaws.com")).resolves.toMatchObject({
      Statement: expect.stringContaining("vpc-lattice.amazonaws.com"),
    });
  });

  test.for(["*", "events.amazonaws.com", "210987654321", `arn:aws:iam::${account}:role/apply`])(
    "may not open one to %s",
    async (principal) => {
      await expect(opens(principal)).rejects.toMatchObject({ code: "AccessDeniedException" });
      await expect(
        rig.client.send(new GetPolicyCommand({ FunctionName: "answers-plain" })),
      ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    },
  );
});

describe("a function", () => {
  test("is described as it was deployed", async () => {
    const described = {
      FunctionName: "answers-plain",
      FunctionArn: arn,
      Runtime: "nodejs24.x",
      Handler: "answers.plain",
      MemorySize: 256,
      State: "Active",
      Environment: { Variables: { A: "1" } },
      VpcConfig: { VpcId: "vpc-1" },
    };
    const FunctionName = "answers-plain";
    expect(await rig.client.send(new GetFunctionCommand({ FunctionName }))).toMatchObject({
      Configuration: described,
    });
    expect(await rig.client.send(new GetFunctionConfigurationCommand({ FunctionName }))).toMatchObject(
      described,
    );
    const { Versions } = await rig.client.send(new ListVersionsByFunctionCommand({ FunctionName }));
    expect(Versions).toMatchObject([{ Version: "$LATEST" }]);
  });

  test("is listed with the others, page by page", async () => {
    for (const name of ["c", "a", "b"]) rig.deploy("answers.plain", { name });
    const names: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await rig.client.send(
        new ListFunctionsCommand({ MaxItems: 3, ...(Marker ? { Marker } : {}) }),
      );
      names.push(...(page.Functions ?? []).map(({ FunctionName = "" }) => FunctionName));
      Marker = page.NextMarker;
    } while (Marker);
    expect(names).toEqual(["a", "answers-plain", "b", "c"]);
  });

  test("that was deleted is gone, its permissions too", async () => {
    await rig.client.send(new AddPermissionCommand(permission));
    rig.lambda.deleteFunction("answers-plain");
    await expect(invokeFor(group)).rejects.toMatchObject({ code: "AccessDeniedException" });
    rig.deploy("answers.plain");
    await expect(invokeFor(group)).rejects.toMatchObject({ code: "AccessDeniedException" });
  });
});
