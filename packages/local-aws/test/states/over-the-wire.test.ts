import { fileURLToPath } from "node:url";
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
  TaskTimedOut,
} from "@aws-sdk/client-sfn";
import { describe, expect, test } from "vitest";
import { roleSettings, runningLocalAws } from "../running-local-aws.ts";
import { machine } from "./states-rig.ts";

/** The machine of this suite: stores its token beside an inbox, unless the inbox has moved. */
const storing = machine({
  Wait: {
    Type: "Task",
    Resource: "arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken",
    Arguments: {
      TableName: "rollouts",
      Key: { pk: { S: "a" } },
      UpdateExpression: "SET #token = :token",
      ConditionExpression: "size(inbox) = :seen",
      ExpressionAttributeNames: { "#token": "token" },
      ExpressionAttributeValues: {
        ":token": { S: "{% $states.context.Task.Token %}" },
        ":seen": { N: "{% $string($states.input.seen) %}" },
      },
    },
    TimeoutSeconds: 60,
    Catch: [
      {
        ErrorEquals: ["DynamoDb.ConditionalCheckFailedException"],
        Output: "the inbox moved",
        Next: "Decide",
      },
      { ErrorEquals: ["States.Timeout"], Output: "time is up", Next: "Decide" },
    ],
    Next: "Decide",
  },
  Decide: { Type: "Succeed" },
});

async function rig({
  actions = ["dynamodb:UpdateItem"],
  trusted = "states.amazonaws.com",
}: {
  actions?: readonly string[];
  trusted?: string;
} = {}) {
  const { aws, clock, settings } = await runningLocalAws();
  const sfn = new SFNClient(settings);
  const dynamodb = new DynamoDBClient(settings);
  await dynamodb.send(
    new CreateTableCommand({
      TableName: "rollouts",
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  await clock.advance(10_000);
  await dynamodb.send(
    new PutItemCommand({ TableName: "rollouts", Item: { pk: { S: "a" }, inbox: { L: [] } } }),
  );
  const role = aws.iam.putRole({
    name: "workflow",
    trust: { Statement: { Effect: "Allow", Principal: { Service: trusted }, Action: "sts:AssumeRole" } },
    policies: { own: { Statement: { Effect: "Allow", Action: [...actions], Resource: "*" } } },
  });
  const definition = JSON.stringify(storing);
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({ name: "storing", definition, roleArn: role.arn }),
  );
  const start = async (seen: number) =>
    (await sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify({ seen }) })))
      .executionArn;
  const describeExecution = (executionArn: string | undefined) =>
    sfn.send(new DescribeExecutionCommand({ executionArn }));
  const storedToken = async () => {
    const key = { TableName: "rollouts", Key: { pk: { S: "a" } }, ConsistentRead: true };
    return (await dynamodb.send(new GetItemCommand(key))).Item?.token?.S;
  };
  return { aws, clock, settings, sfn, start, describeExecution, storedToken };
}

describe("over the wire", () => {
  test("a token stored by DynamoDB and sent back by a client wakes the execution", async () => {
    const { clock, sfn, start, describeExecution, storedToken } = await rig();
    const executionArn = await start(0);
    await clock.advance(0);
    const taskToken = await storedToken();
    await sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{"woken":true}' }));
    await clock.advance(0);
    expect(await describeExecution(executionArn)).toMatchObject({
      status: "SUCCEEDED",
      output: '{"woken":true}',
    });
    await expect(sfn.send(new SendTaskSuccessCommand({ taskToken, output: "1" }))).rejects.toThrow(
      TaskTimedOut,
    );
    const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events.map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "TaskStateEntered",
      "TaskScheduled",
      "TaskStarted",
      "TaskSubmitted",
      "TaskSucceeded",
      "TaskStateExited",
      "SucceedStateEntered",
      "SucceedStateExited",
      "ExecutionSucceeded",
    ]);
    expect(events[0]?.timestamp).toBeInstanceOf(Date);
    expect(events[0]?.executionStartedEventDetails?.input).toBe('{"seen":0}');
  });

  test("no token is stored when the inbox has moved", async () => {
    const { clock, start, describeExecution, storedToken } = await rig();
    const executionArn = await start(1);
    await clock.advance(0);
    expect(await describeExecution(executionArn)).toMatchObject({ output: '"the inbox moved"' });
    expect(await storedToken()).toBeUndefined();
  });

  test("a wait ends by its timeout when nobody calls", async () => {
    const { clock, start, describeExecution } = await rig();
    const executionArn = await start(0);
    await clock.advance(60_000);
    expect(await describeExecution(executionArn)).toMatchObject({ output: '"time is up"' });
  });

  test.for([
    ["that may not do what the task does", { actions: ["dynamodb:GetItem"] }],
    ["that does not trust Step Functions", { trusted: "lambda.amazonaws.com" }],
  ] as const)("a role %s fails the task as the API refuses it", async ([, role]) => {
    const { clock, start, describeExecution } = await rig(role);
    const executionArn = await start(0);
    await clock.advance(0);
    expect(await describeExecution(executionArn)).toMatchObject({
      status: "FAILED",
      error: "DynamoDb.DynamoDbException",
    });
  });

  test("a real function that throws fails its task under the error's own name", async () => {
    const { aws, clock, settings } = await runningLocalAws();
    const trust = (service: string) => ({
      Statement: { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" } as const,
    });
    const worker = aws.iam.putRole({ name: "worker", trust: trust("lambda.amazonaws.com"), policies: {} });
    const FunctionName = "throws";
    aws.lambda.putFunction({
      name: FunctionName,
      directory: fileURLToPath(new URL("../lambda/functions", import.meta.url)),
      handler: "failures.throws",
      environment: {},
      roleArn: worker.arn,
      timeoutSeconds: 20,
      memoryMb: 128,
    });
    const policy = {
      Statement: { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: "*" },
    } as const;
    const trusting = trust("states.amazonaws.com");
    const role = aws.iam.putRole({ name: "workflow", trust: trusting, policies: { own: policy } });
    const sfn = new SFNClient(settings);
    const Catch = [
      { ErrorEquals: ["OutOfStock"], Output: "{% $states.errorOutput.Cause %}", Next: "Caught" },
    ];
    const Resource = "arn:aws:states:::lambda:invoke";
    const definition = machine({
      Work: {
        Type: "Task",
        Resource,
        Arguments: { FunctionName, Payload: { item: "tea" } },
        Catch,
        End: true,
      },
      Caught: { Type: "Succeed" },
    });
    const { stateMachineArn } = await sfn.send(
      new CreateStateMachineCommand({ name: "m", definition: JSON.stringify(definition), roleArn: role.arn }),
    );
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
    await clock.advance(0);
    const { status, output = "" } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(status).toBe("SUCCEEDED");
    expect(JSON.parse(JSON.parse(output))).toMatchObject({ errorMessage: "no tea left" });
  });

  test("a caller needs the permission of each operation", async () => {
    const { aws, clock, start } = await rig();
    const executionArn = await start(0);
    await clock.advance(0);
    const visitor = new SFNClient(roleSettings(aws, ["states:DescribeExecution"]));
    expect(await visitor.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: "RUNNING",
    });
    await expect(visitor.send(new StopExecutionCommand({ executionArn }))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining("states:StopExecution"),
    });
  });

  test("a machine that does not exist is the client's StateMachineDoesNotExist", async () => {
    const { sfn } = await rig();
    const stateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:none";
    await expect(sfn.send(new StartExecutionCommand({ stateMachineArn }))).rejects.toThrow(
      StateMachineDoesNotExist,
    );
  });
});
