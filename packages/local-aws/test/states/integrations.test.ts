import { describe, expect, test } from "vitest";
import { AwsError } from "../../src/aws-error.ts";
import type { ManualClock } from "../../src/clock/manual-clock.ts";
import { FunctionError, functionArn, machine, type StatesRig, statesRig, work } from "./states-rig.ts";

const call = (resource: string, Arguments: unknown, settings: object = {}) =>
  machine({
    Call: { Type: "Task", Resource: `arn:aws:states:::${resource}`, Arguments, End: true, ...settings },
  });

describe("a function", () => {
  test("called by its ARN takes the state's input and gives its answer", async () => {
    const rig = statesRig();
    rig.functions.work = (event) => [event];
    expect(await rig.ended(await rig.start(machine({ Work: work() }), { a: 1 }))).toMatchObject({
      output: '[{"a":1}]',
    });
  });

  test("called by lambda:invoke gives Lambda's answer, with its payload read", async () => {
    const rig = statesRig();
    rig.functions.work = (event) => [event];
    const arn = await rig.start(call("lambda:invoke", { FunctionName: functionArn("work"), Payload: 1 }));
    const { output = "" } = await rig.ended(arn);
    expect(JSON.parse(output)).toMatchObject({ StatusCode: 200, Payload: [1], ExecutedVersion: "$LATEST" });
  });

  test("fails under the name of its error, with its report as the cause", async () => {
    const rig = statesRig();
    rig.functions.work = () => {
      throw new FunctionError("WeightsDrifted", "someone else wrote");
    };
    const { error, cause = "" } = await rig.ended(await rig.start(machine({ Work: work() })));
    expect(error).toBe("WeightsDrifted");
    expect(JSON.parse(cause)).toMatchObject({ errorMessage: "someone else wrote" });
  });

  test("that does not exist is Lambda.ResourceNotFoundException", async () => {
    const rig = statesRig();
    expect(await rig.ended(await rig.start(machine({ Work: work() })))).toMatchObject({
      error: "Lambda.ResourceNotFoundException",
    });
  });
});

describe("an aws-sdk integration", () => {
  test("spells members in PascalCase where the API does not, and times as text", async () => {
    const rig = statesRig();
    let given: unknown;
    rig.services["vpc-lattice.UpdateRule"] = (input) => {
      given = input;
      return { id: "rule-1", priority: 10, action: { fixedResponse: { statusCode: 404 } }, isDefault: false };
    };
    const arn = await rig.start(
      call("aws-sdk:vpclattice:updateRule", {
        ServiceIdentifier: "svc-1",
        ListenerIdentifier: "listener-1",
        RuleIdentifier: "rule-1",
        Action: { Forward: { TargetGroups: [{ TargetGroupIdentifier: "tg-1", Weight: 10 }] } },
      }),
    );
    expect(JSON.parse((await rig.ended(arn)).output ?? "")).toEqual({
      Id: "rule-1",
      Priority: 10,
      Action: { FixedResponse: { StatusCode: 404 } },
      IsDefault: false,
    });
    expect(given).toEqual({
      serviceIdentifier: "svc-1",
      listenerIdentifier: "listener-1",
      ruleIdentifier: "rule-1",
      action: { forward: { targetGroups: [{ targetGroupIdentifier: "tg-1", weight: 10 }] } },
    });
  });

  test("keeps the keys of maps as they are, however they are nested", async () => {
    const rig = statesRig();
    const item = { pk: { S: "a" }, list: { L: [{ M: { inner: { N: "1" } } }] } };
    rig.services["dynamodb.GetItem"] = () => ({ Item: item, $metadata: {} });
    const arn = await rig.start(
      call("aws-sdk:dynamodb:getItem", { TableName: "t", Key: { pk: { S: "a" } } }),
    );
    expect(JSON.parse((await rig.ended(arn)).output ?? "")).toEqual({ Item: item });
  });

  test.for([
    ["dynamodb:updateItem", "ConditionalCheckFailedException", "DynamoDb.ConditionalCheckFailedException"],
    ["dynamodb:updateItem", "InternalServerError", "DynamoDb.InternalServerErrorException"],
    ["dynamodb:updateItem", "AccessDeniedException", "DynamoDb.DynamoDbException"],
    ["vpclattice:updateRule", "AccessDeniedException", "VpcLattice.AccessDeniedException"],
    ["sfn:stopExecution", "ExecutionDoesNotExist", "Sfn.ExecutionDoesNotExistException"],
    ["eventbridge:putEvents", "InternalException", "EventBridge.InternalException"],
  ] as const)("%s reports %s as %s", async ([resource, code, expected]) => {
    const rig = statesRig();
    const fail = () => {
      throw new AwsError(code, "on purpose");
    };
    rig.services["dynamodb.UpdateItem"] = fail;
    rig.services["vpc-lattice.UpdateRule"] = fail;
    rig.services["events.PutEvents"] = fail;
    const executionArn = "arn:aws:states:us-east-1:123456789012:execution:m:e";
    const Arguments = resource.startsWith("sfn") ? { ExecutionArn: executionArn } : {};
    const arn = await rig.start(call(`aws-sdk:${resource}`, Arguments));
    expect(await rig.ended(arn)).toMatchObject({ error: expected });
  });

  test.for([
    [
      "a member the API does not have",
      "aws-sdk:dynamodb:getItem",
      { tableName: "t" },
      /'tableName' is not supported/,
    ],
    ["an operation it does not have", "aws-sdk:dynamodb:fly", {}, /no operation Fly/],
    ["arguments that are no object", "aws-sdk:dynamodb:getItem", [], /must be an object/],
  ] as const)("fails as States.Runtime for %s", async ([, resource, Arguments, cause]) => {
    const rig = statesRig();
    const ended = await rig.ended(await rig.start(call(resource, Arguments)));
    expect(ended).toMatchObject({ error: "States.Runtime", cause: expect.stringMatching(cause) });
  });
});

describe("events:putEvents", () => {
  const entry = { Source: "espalier", DetailType: "Told", Detail: { a: 1 }, EventBusName: "bus" };

  test("takes details as objects and adds the execution to the resources", async () => {
    const rig = statesRig();
    const given: { Entries: unknown }[] = [];
    rig.services["events.PutEvents"] = (input) => {
      given.push(input);
      return { FailedEntryCount: 0, Entries: [{ EventId: "1" }] };
    };
    const arn = await rig.start(call("events:putEvents", { Entries: [entry] }));
    expect(await rig.ended(arn)).toMatchObject({ status: "SUCCEEDED" });
    const machineArn = arn.replace(":execution:", ":stateMachine:").replace(/:[^:]*$/, "");
    expect(given[0]?.Entries).toEqual([{ ...entry, Detail: '{"a":1}', Resources: [arn, machineArn] }]);
  });

  test("fails when an entry is refused, though the call succeeds", async () => {
    const rig = statesRig();
    rig.services["events.PutEvents"] = () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: "Full" }] });
    expect(await rig.ended(await rig.start(call("events:putEvents", { Entries: [entry] })))).toMatchObject({
      error: "EventBridge.FailedEntry",
      cause: expect.stringContaining("Full"),
    });
  });
});

describe("states:startExecution", () => {
  const nap = machine({ Nap: { Type: "Wait", Seconds: 60, Output: { slept: 60 }, End: true } });

  test("goes on at once, while the other execution runs", async () => {
    const rig = statesRig();
    const StateMachineArn = await rig.create(nap);
    const arn = await rig.start(call("states:startExecution", { StateMachineArn, Input: { a: 1 } }));
    const { output = "" } = await rig.ended(arn);
    const { ExecutionArn } = JSON.parse(output);
    expect(await rig.call("DescribeExecution", { executionArn: ExecutionArn })).toMatchObject({
      status: "RUNNING",
      input: '{"a":1}',
    });
  });

  test("with .sync:2 waits for the other execution and reads its output", async () => {
    const rig = statesRig();
    const StateMachineArn = await rig.create(nap);
    const Output = "{% $states.result.Output.slept %}";
    const arn = await rig.start(call("states:startExecution.sync:2", { StateMachineArn }, { Output }));
    await rig.clock.advance(60_000);
    expect(await rig.ended(arn)).toMatchObject({ status: "SUCCEEDED", output: "60" });
    expect(await rig.eventTypes(arn)).toContain("TaskStarted TaskSubmitted TaskSucceeded");
  });

  test("with .sync:2 fails when the other execution fails", async () => {
    const rig = statesRig();
    const StateMachineArn = await rig.create(machine({ Fail: { Type: "Fail", Error: "Own" } }));
    const arn = await rig.start(call("states:startExecution.sync:2", { StateMachineArn }));
    expect(await rig.ended(arn)).toMatchObject({
      error: "States.TaskFailed",
      cause: expect.stringContaining('"Error":"Own"'),
    });
  });

  test.for([
    [
      "is stopped",
      async (rig: StatesRig<ManualClock>, executionArn: string) =>
        void (await rig.call("StopExecution", { executionArn })),
    ],
    ["times out", async (rig: StatesRig<ManualClock>) => await rig.clock.advance(30_000)],
  ] as const)("with .sync:2 stops the other execution when it %s itself", async ([, interrupt]) => {
    const rig = statesRig();
    const StateMachineArn = await rig.create(nap);
    const arn = await rig.start(
      call("states:startExecution.sync:2", { StateMachineArn }, { TimeoutSeconds: 30 }),
    );
    await rig.clock.advance(0);
    await interrupt(rig, arn);
    await rig.clock.advance(0);
    const { executions } = await rig.call("ListExecutions", { stateMachineArn: StateMachineArn });
    expect(executions).toMatchObject([{ status: "ABORTED" }]);
  });
});
