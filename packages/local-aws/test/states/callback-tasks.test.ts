import { describe, expect, test } from "vitest";
import { AwsError } from "../../src/aws-error.ts";
import { restartingStates } from "./restarting-states.ts";
import { ask, FunctionError, functionArn, machine, statesRig, tokens } from "./states-rig.ts";

describe("a callback task", () => {
  test("waits for its token and goes on with what SendTaskSuccess says", async () => {
    const rig = statesRig();
    const token = tokens(rig);
    const arn = await rig.start(machine({ Ask: ask() }));
    await rig.call("SendTaskSuccess", { taskToken: await token.next(), output: '{"answer":42}' });
    expect(await rig.ended(arn)).toMatchObject({ status: "SUCCEEDED", output: '{"answer":42}' });
    expect(await rig.eventTypes(arn)).toBe(
      "ExecutionStarted TaskStateEntered TaskScheduled TaskStarted TaskSubmitted TaskSucceeded TaskStateExited ExecutionSucceeded",
    );
  });

  test("is done when it is called back before the integration has returned", async () => {
    const rig = statesRig();
    rig.functions.ask = async (event) => {
      const { token } = event as { token: string };
      await rig.call("SendTaskSuccess", { taskToken: token, output: '"early"' });
      return "asked";
    };
    const arn = await rig.start(machine({ Ask: ask({ TimeoutSeconds: 5 }) }));
    expect(await rig.ended(arn)).toMatchObject({ status: "SUCCEEDED", output: '"early"' });
    expect(await rig.eventTypes(arn)).toContain("TaskStarted TaskSubmitted TaskSucceeded");
  });

  test("refuses its token after its timeout", async () => {
    const rig = statesRig();
    const token = tokens(rig);
    const arn = await rig.start(machine({ Ask: ask({ TimeoutSeconds: 60 }) }));
    const taskToken = await token.next();
    await rig.clock.advance(60_000);
    await expect(rig.call("SendTaskSuccess", { taskToken, output: "1" })).rejects.toMatchObject({
      code: "TaskTimedOut",
    });
    expect(await rig.ended(arn)).toMatchObject({ status: "FAILED", error: "States.Timeout" });
    expect(await rig.eventTypes(arn)).toContain("TaskSubmitted TaskTimedOut ExecutionFailed");
  });

  test("is answered to the last millisecond before its timeout", async () => {
    const rig = statesRig();
    const token = tokens(rig);
    const arn = await rig.start(machine({ Ask: ask({ TimeoutSeconds: "{% 30 + 30 %}" }) }));
    const taskToken = await token.next();
    await rig.clock.advance(59_999);
    await rig.call("SendTaskSuccess", { taskToken, output: "1" });
    await rig.clock.advance(120_000);
    expect(await rig.ended(arn)).toMatchObject({ status: "SUCCEEDED", output: "1" });
  });

  test("takes only the first of two callbacks", async () => {
    const rig = statesRig();
    const token = tokens(rig);
    const arn = await rig.start(machine({ Ask: ask() }));
    const taskToken = await token.next();
    const answers = await Promise.allSettled([
      rig.call("SendTaskSuccess", { taskToken, output: '"first"' }),
      rig.call("SendTaskSuccess", { taskToken, output: '"second"' }),
      rig.call("SendTaskFailure", { taskToken, error: "Third" }),
      rig.call("SendTaskHeartbeat", { taskToken }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "rejected"]);
    expect(await rig.ended(arn)).toMatchObject({ output: '"first"' });
  });

  test("refuses the token of an earlier attempt", async () => {
    const rig = statesRig();
    const token = tokens(rig);
    const Retry = [{ ErrorEquals: ["States.Timeout"], IntervalSeconds: 1, MaxAttempts: 1 }];
    const arn = await rig.start(machine({ Ask: ask({ TimeoutSeconds: 60, Retry }) }));
    const first = await token.next();
    await rig.clock.advance(61_000);
    const second = await token.next();
    expect(second).not.toBe(first);
    await expect(rig.call("SendTaskSuccess", { taskToken: first, output: "1" })).rejects.toMatchObject({
      code: "TaskTimedOut",
    });
    await rig.call("SendTaskSuccess", { taskToken: second, output: "2" });
    expect(await rig.ended(arn)).toMatchObject({ status: "SUCCEEDED", output: "2" });
  });

  test("fails at once when its API call fails, under the API's error name", async () => {
    const rig = statesRig();
    let stored = "";
    rig.services["dynamodb.UpdateItem"] = (input: { ExpressionAttributeValues: { ":t": { S: string } } }) => {
      stored = input.ExpressionAttributeValues[":t"].S;
      throw new AwsError("ConditionalCheckFailedException", "The conditional request failed");
    };
    const arn = await rig.start(
      machine({
        Store: {
          Type: "Task",
          Resource: "arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken",
          Arguments: {
            TableName: "rollouts",
            Key: { pk: { S: "a" } },
            UpdateExpression: "SET t = :t",
            ExpressionAttributeValues: { ":t": { S: "{% $states.context.Task.Token %}" } },
          },
          TimeoutSeconds: 900,
          Catch: [{ ErrorEquals: ["DynamoDb.ConditionalCheckFailedException"], Next: "Moved" }],
          Next: "Moved",
        },
        Moved: { Type: "Pass", End: true },
      }),
    );
    expect(await rig.ended(arn)).toMatchObject({ status: "SUCCEEDED" });
    expect(await rig.eventTypes(arn)).toContain("TaskStarted TaskFailed TaskStateExited PassStateEntered");
    await expect(rig.call("SendTaskSuccess", { taskToken: stored, output: "1" })).rejects.toMatchObject({
      code: "TaskTimedOut",
    });
  });

  test("fails at once when the function that was to call back fails", async () => {
    const rig = statesRig();
    rig.functions.ask = () => {
      throw new FunctionError("Broken");
    };
    const arn = await rig.start(machine({ Ask: ask() }));
    expect(await rig.ended(arn)).toMatchObject({ status: "FAILED", error: "Broken" });
  });

  test("fails with what SendTaskFailure says, which Catch can name", async () => {
    const rig = statesRig();
    const token = tokens(rig);
    const Catch = [{ ErrorEquals: ["Refused"], Output: "{% $states.errorOutput.Cause %}", Next: "Told" }];
    const arn = await rig.start(machine({ Ask: ask({ Catch }), Told: { Type: "Succeed" } }));
    await rig.call("SendTaskFailure", { taskToken: await token.next(), error: "Refused", cause: "no" });
    expect(await rig.ended(arn)).toMatchObject({ status: "SUCCEEDED", output: '"no"' });
  });

  test("lives as long as heartbeats come, and not longer", async () => {
    const rig = statesRig();
    const token = tokens(rig);
    const arn = await rig.start(machine({ Ask: ask({ HeartbeatSeconds: 10 }) }));
    const taskToken = await token.next();
    for (let beat = 0; beat < 5; beat += 1) {
      await rig.clock.advance(9_000);
      await rig.call("SendTaskHeartbeat", { taskToken });
    }
    await rig.clock.advance(9_999);
    expect(await rig.call("DescribeExecution", { executionArn: arn })).toMatchObject({ status: "RUNNING" });
    await rig.clock.advance(1);
    expect(await rig.ended(arn)).toMatchObject({ status: "FAILED", error: "States.HeartbeatTimeout" });
  });

  test("goes on waiting when the answer is no JSON", async () => {
    const rig = statesRig();
    const token = tokens(rig);
    const arn = await rig.start(machine({ Ask: ask() }));
    const taskToken = await token.next();
    await expect(rig.call("SendTaskSuccess", { taskToken, output: "{" })).rejects.toMatchObject({
      code: "InvalidOutput",
    });
    const tooLong = JSON.stringify("x".repeat(256 * 1024));
    await expect(rig.call("SendTaskSuccess", { taskToken, output: tooLong })).rejects.toMatchObject({
      code: "InvalidOutput",
    });
    await rig.call("SendTaskSuccess", { taskToken, output: "{}" });
    expect(await rig.ended(arn)).toMatchObject({ status: "SUCCEEDED" });
  });

  test("is given up with its branch", async () => {
    const rig = statesRig();
    const token = tokens(rig);
    const failing = { Type: "Task", Resource: functionArn("fail"), End: true };
    const branches = [
      { StartAt: "Ask", States: { Ask: ask() } },
      { StartAt: "Fail", States: { Fail: failing } },
    ];
    const asked = Promise.withResolvers<void>();
    rig.functions.fail = async () => {
      await asked.promise;
      throw new FunctionError("Broken");
    };
    const arn = await rig.start(machine({ Both: { Type: "Parallel", Branches: branches, End: true } }));
    const taskToken = await token.next();
    asked.resolve();
    expect(await rig.ended(arn)).toMatchObject({ status: "FAILED", error: "Broken" });
    await expect(rig.call("SendTaskSuccess", { taskToken, output: "1" })).rejects.toMatchObject({
      code: "TaskTimedOut",
    });
  });

  test("is given up with its execution, by StopExecution", async () => {
    const rig = statesRig();
    const token = tokens(rig);
    const Catch = [{ ErrorEquals: ["States.ALL"], Next: "Never" }];
    const arn = await rig.start(
      machine({ Ask: ask({ TimeoutSeconds: 60, Catch }), Never: { Type: "Succeed" } }),
    );
    const taskToken = await token.next();
    await rig.clock.advance(0);
    await rig.call("StopExecution", { executionArn: arn, error: "Enough", cause: "test" });
    expect(await rig.ended(arn)).toMatchObject({ status: "ABORTED", error: "Enough", cause: "test" });
    await expect(rig.call("SendTaskSuccess", { taskToken, output: "1" })).rejects.toMatchObject({
      code: "TaskTimedOut",
    });
    const before = await rig.eventTypes(arn);
    expect(before).toMatch(/TaskSubmitted ExecutionAborted$/);
    await rig.clock.advance(3_600_000);
    expect(await rig.eventTypes(arn)).toBe(before);
    expect(rig.events.map(({ detail }) => (detail as { status: string }).status)).toEqual([
      "RUNNING",
      "ABORTED",
    ]);
  });

  test.for([
    ["that is no token", "nonsense", "InvalidToken"],
    ["of an execution nobody knows", Buffer.from('["arn:x","1"]').toString("base64"), "TaskDoesNotExist"],
    ["that is missing", undefined, "InvalidToken"],
  ] as const)("has nothing to do with a token %s", async ([, taskToken, code]) => {
    const rig = statesRig();
    await expect(rig.call("SendTaskSuccess", { taskToken, output: "1" })).rejects.toMatchObject({ code });
  });

  test("survives a restart of the process, and its token with it", async () => {
    const states = await restartingStates();
    const token = tokens(states.rig());
    const arn = await states.rig().start(machine({ Ask: ask({ TimeoutSeconds: 60 }) }));
    const taskToken = await token.next();
    await states.rig().clock.advance(30_000);
    await states.restart();
    await states.rig().call("SendTaskSuccess", { taskToken, output: '"still here"' });
    expect(await states.rig().ended(arn)).toMatchObject({ status: "SUCCEEDED", output: '"still here"' });
  });
});
