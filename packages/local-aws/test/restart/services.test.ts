import { describe, expect, test } from "vitest";
import type { LocalAws } from "../../src/index.ts";
import { restarting } from "./restarting.ts";

const account = "123456789012";
const role = `arn:aws:iam::${account}:role/machine`;

/** What is put into a service, and how it is read. */
interface Case {
  put(aws: LocalAws): Promise<void>;
  read(aws: LocalAws): Promise<unknown>;
}

const trust = (service: string) => ({
  Statement: { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" } as const,
});

const everything = (action: string) => ({
  all: { Statement: { Effect: "Allow", Action: action, Resource: "*" } as const },
});

const cases: Readonly<Record<string, Case>> = {
  iam: {
    async put(aws) {
      await aws.call("iam", "CreateRole", {
        RoleName: "reader",
        AssumeRolePolicyDocument: JSON.stringify(trust("lambda.amazonaws.com")),
      });
      const policy = { RoleName: "reader", PolicyName: "own" };
      const PolicyDocument = JSON.stringify(everything("ssm:*").all);
      await aws.call("iam", "PutRolePolicy", { ...policy, PolicyDocument });
    },
    async read(aws) {
      const RoleName = "reader";
      return [
        await aws.call("iam", "GetRole", { RoleName }),
        await aws.call("iam", "GetRolePolicy", { RoleName, PolicyName: "own" }),
        aws.credentials,
        aws.iam.callerOf(aws.credentials.accessKeyId),
      ];
    },
  },
  dynamodb: {
    async put(aws) {
      const write = (operation: string, input: object) => aws.call("dynamodb", operation, input);
      await write("CreateTable", {
        TableName: "rollouts",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [
          { AttributeName: "pk", AttributeType: "S" },
          { AttributeName: "sk", AttributeType: "N" },
          { AttributeName: "state", AttributeType: "S" },
        ],
        KeySchema: [
          { AttributeName: "pk", KeyType: "HASH" },
          { AttributeName: "sk", KeyType: "RANGE" },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: "by-state",
            KeySchema: [{ AttributeName: "state", KeyType: "HASH" }],
            Projection: { ProjectionType: "ALL" },
          },
        ],
        Tags: [{ Key: "stage", Value: "test" }],
      });
      await write("CreateTable", {
        TableName: "gone",
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
        ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
      });
      const key = (sk: number) => ({ pk: { S: "a" }, sk: { N: String(sk) } });
      const blob = { B: new Uint8Array([0, 255]) };
      for (const sk of [1, 2, 3])
        await write("PutItem", { TableName: "rollouts", Item: { ...key(sk), state: { S: "open" }, blob } });
      await write("UpdateItem", {
        TableName: "rollouts",
        Key: key(1),
        UpdateExpression: "SET #s = :s, n = :n",
        ExpressionAttributeNames: { "#s": "state" },
        ExpressionAttributeValues: { ":s": { S: "done" }, ":n": { L: [{ N: "1" }, { NULL: true }] } },
      });
      await write("DeleteItem", { TableName: "rollouts", Key: key(2) });
      await write("BatchWriteItem", {
        RequestItems: {
          rollouts: [{ PutRequest: { Item: key(7) } }, { DeleteRequest: { Key: key(3) } }],
          gone: [{ PutRequest: { Item: { pk: { S: "x" } } } }],
        },
      });
      await write("DeleteTable", { TableName: "gone" });
    },
    async read(aws) {
      const { Table } = await aws.call("dynamodb", "DescribeTable", { TableName: "rollouts" });
      return [
        await aws.call("dynamodb", "ListTables", {}),
        Table,
        await aws.call("dynamodb", "ListTagsOfResource", { ResourceArn: Table.TableArn }),
        await aws.call("dynamodb", "Scan", { TableName: "rollouts" }),
        await aws.call("dynamodb", "Query", {
          TableName: "rollouts",
          IndexName: "by-state",
          KeyConditionExpression: "#s = :s",
          ExpressionAttributeNames: { "#s": "state" },
          ExpressionAttributeValues: { ":s": { S: "done" } },
        }),
      ];
    },
  },
  events: {
    async put(aws) {
      await aws.call("events", "CreateEventBus", { Name: "shop", Description: "of the shop" });
      await aws.call("events", "CreateEventBus", { Name: "gone" });
      const EventPattern = JSON.stringify({ source: [{ prefix: "shop." }] });
      for (const EventBusName of ["shop", "gone"]) {
        await aws.call("events", "PutRule", { Name: "orders", EventBusName, EventPattern });
        await aws.call("events", "PutTargets", {
          Rule: "orders",
          EventBusName,
          Targets: [{ Id: "queue", Arn: `arn:aws:sqs:us-east-1:${account}:orders`, InputPath: "$.detail" }],
        });
      }
      await aws.call("events", "DeleteEventBus", { Name: "gone" });
      await aws.call("events", "CreateEventBus", { Name: "gone" });
      await aws.call("events", "PutRule", { Name: "tick", ScheduleExpression: "rate(5 minutes)" });
      await aws.call("events", "DisableRule", { Name: "tick" });
    },
    async read(aws) {
      const EventBusName = "shop";
      return [
        await aws.call("events", "ListEventBuses", {}),
        await aws.call("events", "ListRules", { EventBusName }),
        await aws.call("events", "ListRules", { EventBusName: "gone" }),
        await aws.call("events", "DescribeRule", { Name: "tick" }),
        await aws.call("events", "ListTargetsByRule", { Rule: "orders", EventBusName }),
      ];
    },
  },
  lambda: {
    async put(aws) {
      const { arn: roleArn } = aws.iam.putRole({
        name: "function",
        trust: trust("lambda.amazonaws.com"),
        policies: {},
      });
      for (const name of ["kept", "gone"])
        aws.lambda.putFunction({
          name,
          directory: new URL("../lambda/handlers", import.meta.url).pathname,
          handler: "basic.echo",
          environment: { A: "1" },
          roleArn,
          timeoutSeconds: 3,
          memoryMb: 128,
          reservedConcurrency: 2,
        });
      await aws.call("lambda", "AddPermission", {
        FunctionName: "kept",
        StatementId: "s",
        Action: "lambda:InvokeFunction",
        Principal: "events.amazonaws.com",
      });
      aws.lambda.deleteFunction("gone");
    },
    read: async (aws) => [
      await aws.call("lambda", "ListFunctions", {}),
      await aws.call("lambda", "GetFunction", { FunctionName: "kept" }),
      await aws.call("lambda", "GetPolicy", { FunctionName: "kept" }),
    ],
  },
  scheduler: {
    async put(aws) {
      const { arn: RoleArn } = aws.iam.putRole({
        name: "schedule",
        trust: trust("scheduler.amazonaws.com"),
        policies: {},
      });
      const Target = { Arn: `arn:aws:sqs:us-east-1:${account}:orders`, RoleArn };
      const settings = { FlexibleTimeWindow: { Mode: "OFF" }, Target };
      await aws.call("scheduler", "CreateScheduleGroup", { Name: "shifts" });
      const rate = { ...settings, GroupName: "shifts", ScheduleExpression: "rate(1 hour)" };
      await aws.call("scheduler", "CreateSchedule", {
        ...rate,
        Name: "hourly",
        StartDate: new Date(aws.clock.now() + 60_000),
        ClientToken: "once",
      });
      await aws.call("scheduler", "CreateSchedule", { ...rate, Name: "gone" });
      await aws.call("scheduler", "DeleteSchedule", { Name: "gone", GroupName: "shifts" });
    },
    read: async (aws) => [
      await aws.call("scheduler", "ListScheduleGroups", {}),
      await aws.call("scheduler", "ListSchedules", {}),
      await aws.call("scheduler", "GetSchedule", { Name: "hourly", GroupName: "shifts" }),
    ],
  },
  states: {
    async put(aws) {
      aws.iam.putRole({ name: "machine", trust: trust("states.amazonaws.com"), policies: {} });
      const create = (name: string, state: object) =>
        aws.call("states", "CreateStateMachine", {
          name,
          roleArn: role,
          definition: JSON.stringify({ QueryLanguage: "JSONata", StartAt: "Only", States: { Only: state } }),
        });
      const { stateMachineArn } = await create("waiting", { Type: "Wait", Seconds: 60, End: true });
      await aws.call("states", "StartExecution", { stateMachineArn, name: "one", input: '{"a":1}' });
      const gone = await create("gone", { Type: "Succeed" });
      await aws.call("states", "DeleteStateMachine", gone);
      const definition = JSON.stringify({ StartAt: "End", States: { End: { Type: "Succeed" } } });
      await aws.call("states", "UpdateStateMachine", { stateMachineArn, definition });
    },
    async read(aws) {
      const arn = (kind: string) => `arn:aws:states:us-east-1:${account}:${kind}:waiting`;
      const executionArn = `${arn("execution")}:one`;
      return [
        await aws.call("states", "ListStateMachines", {}),
        await aws.call("states", "DescribeStateMachine", { stateMachineArn: arn("stateMachine") }),
        await aws.call("states", "ListExecutions", { stateMachineArn: arn("stateMachine") }),
        await aws.call("states", "DescribeExecution", { executionArn }),
        await aws.call("states", "DescribeStateMachineForExecution", { executionArn }),
        await aws.call("states", "GetExecutionHistory", { executionArn }),
      ];
    },
  },
};

describe("after a restart", () => {
  test.for(Object.entries(cases))("%s says what it said before", async ([, { put, read }]) => {
    const state = await restarting();
    await put(state.aws());
    await state.advance(1000);
    const before = await read(state.aws());
    await state.restart();
    expect(await read(state.aws())).toEqual(before);
    await state.restart();
    expect(await read(state.aws())).toEqual(before);
  });

  test("AWS time goes on where it was, and new ids are new", async () => {
    const state = await restarting();
    const id = async () =>
      (await state.aws().call("vpc-lattice", "CreateServiceNetwork", { name: "shop" })).id;
    const first = await id();
    await state.advance(86_400_000);
    const left = state.aws().clock.now();
    await state.restart();
    expect(state.aws().clock.now()).toBe(left);
    await state.aws().reset();
    expect(await id()).not.toBe(first);
  });
});
