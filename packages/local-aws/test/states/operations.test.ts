import { describe, expect, test } from "vitest";
import { ask, machine, statesRig, tokens, work } from "./states-rig.ts";

const done = machine({ Done: { Type: "Succeed" } });
const waiting = (settings: object = {}) =>
  machine({ Wait: { Type: "Wait", Seconds: 60, End: true } }, settings);
const unknown = "arn:aws:states:us-east-1:123456789012:stateMachine:unknown";

describe("a state machine", () => {
  test("is described as it was created, and listed", async () => {
    const rig = statesRig();
    const stateMachineArn = await rig.create(done, { name: "rollout" });
    expect(stateMachineArn).toBe("arn:aws:states:us-east-1:123456789012:stateMachine:rollout");
    expect(await rig.call("DescribeStateMachine", { stateMachineArn })).toMatchObject({
      name: "rollout",
      status: "ACTIVE",
      type: "STANDARD",
      definition: JSON.stringify(done),
    });
    const { stateMachines } = await rig.call("ListStateMachines", {});
    expect(stateMachines).toMatchObject([{ stateMachineArn, name: "rollout" }]);
  });

  test("can be created twice if it is the same, and not if it differs", async () => {
    const rig = statesRig();
    const first = await rig.create(done, { name: "same" });
    expect(await rig.create(done, { name: "same" })).toBe(first);
    await expect(rig.create(waiting(), { name: "same" })).rejects.toMatchObject({
      code: "StateMachineAlreadyExists",
    });
  });

  test("keeps its running executions on the definition they were started with", async () => {
    const rig = statesRig();
    const stateMachineArn = await rig.create(waiting());
    const { executionArn } = await rig.call("StartExecution", { stateMachineArn });
    await rig.call("UpdateStateMachine", { stateMachineArn, definition: JSON.stringify(done) });
    const of = await rig.call("DescribeStateMachineForExecution", { executionArn });
    expect(of.definition).toBe(JSON.stringify(waiting()));
    const { definition } = await rig.call("DescribeStateMachine", { stateMachineArn });
    expect(definition).toBe(JSON.stringify(done));
    await rig.clock.advance(60_000);
    expect(await rig.eventTypes(executionArn)).toContain("WaitStateEntered");
  });

  test("keeps what it was when an update is refused", async () => {
    const rig = statesRig();
    const stateMachineArn = await rig.create(done);
    await expect(rig.call("UpdateStateMachine", { stateMachineArn, definition: "{}" })).rejects.toThrow();
    await expect(rig.call("UpdateStateMachine", { stateMachineArn })).rejects.toMatchObject({
      code: "MissingRequiredParameter",
    });
    expect((await rig.call("DescribeStateMachine", { stateMachineArn })).definition).toBe(
      JSON.stringify(done),
    );
  });

  test("is gone once its last execution has ended, and starts no more before", async () => {
    const rig = statesRig();
    const stateMachineArn = await rig.create(waiting());
    await rig.call("StartExecution", { stateMachineArn });
    await rig.call("DeleteStateMachine", { stateMachineArn });
    await rig.call("DeleteStateMachine", { stateMachineArn });
    expect(await rig.call("DescribeStateMachine", { stateMachineArn })).toMatchObject({ status: "DELETING" });
    await expect(rig.call("StartExecution", { stateMachineArn })).rejects.toMatchObject({
      code: "StateMachineDeleting",
    });
    await rig.clock.advance(60_000);
    await expect(rig.call("DescribeStateMachine", { stateMachineArn })).rejects.toMatchObject({
      code: "StateMachineDoesNotExist",
    });
  });

  test.for(["", "a b", "a/b", "a*", "x".repeat(81), "a\u0007"])("cannot be named %j", async (name) => {
    await expect(statesRig().create(done, { name })).rejects.toMatchObject({ code: "InvalidName" });
  });
});

describe("an execution", () => {
  test("started again by its name is the same while it runs with the same input", async () => {
    const rig = statesRig();
    const stateMachineArn = await rig.create(waiting());
    const start = (input: string) => rig.call("StartExecution", { stateMachineArn, name: "one", input });
    const first = await start("{}");
    await rig.clock.advance(1000);
    expect(await start("{}")).toEqual(first);
    await expect(start("[]")).rejects.toMatchObject({ code: "ExecutionAlreadyExists" });
    await rig.clock.advance(60_000);
    await expect(start("{}")).rejects.toMatchObject({ code: "ExecutionAlreadyExists" });
    expect((await rig.call("ListExecutions", { stateMachineArn })).executions).toHaveLength(1);
  });

  test.for([
    ["of a machine that does not exist", { stateMachineArn: unknown }, "StateMachineDoesNotExist"],
    ["of no machine", {}, "InvalidArn"],
    ["of something else", { stateMachineArn: "arn:aws:s3:::bucket" }, "InvalidArn"],
  ] as const)("%s is not started", async ([, input, code]) => {
    await expect(statesRig().call("StartExecution", input)).rejects.toMatchObject({ code });
  });

  test.for([
    ["no JSON", "{", "InvalidExecutionInput"],
    ["more than 256 KiB", JSON.stringify("x".repeat(256 * 1024)), "InvalidExecutionInput"],
  ] as const)("is not started with %s", async ([, input, code]) => {
    const rig = statesRig();
    const stateMachineArn = await rig.create(done);
    await expect(rig.call("StartExecution", { stateMachineArn, input })).rejects.toMatchObject({ code });
  });

  test("is found among many by status, newest first, page by page, while more are started", async () => {
    const rig = statesRig();
    const stateMachineArn = await rig.create(waiting());
    const start = (name: string) => rig.call("StartExecution", { stateMachineArn, name });
    for (let number = 0; number < 10; number += 1) await start(`run-${number}`);
    const stopped = stateMachineArn.replace("stateMachine", "execution");
    for (const number of [2, 5])
      await rig.call("StopExecution", { executionArn: `${stopped}:run-${number}` });
    const names: string[] = [];
    let nextToken: string | undefined;
    do {
      const request = { stateMachineArn, statusFilter: "RUNNING", maxResults: 3, nextToken };
      const page = await rig.call("ListExecutions", request);
      names.push(...page.executions.map(({ name }: { name: string }) => name));
      nextToken = page.nextToken;
      await start(`later-${names.length}`);
    } while (nextToken !== undefined);
    expect(names).toEqual([9, 8, 7, 6, 4, 3, 1, 0].map((number) => `run-${number}`));
    await expect(
      rig.call("ListExecutions", { stateMachineArn, nextToken: "nonsense" }),
    ).rejects.toMatchObject({ code: "InvalidToken" });
  });

  test("tells its history forwards and backwards, in pages that together are the whole", async () => {
    const rig = statesRig();
    const executionArn = await rig.start(
      machine({ A: { Type: "Pass", Next: "B" }, B: { Type: "Pass", End: true } }),
    );
    await rig.ended(executionArn);
    const read = async (reverseOrder: boolean) => {
      const ids: number[] = [];
      let nextToken: string | undefined;
      do {
        const page = await rig.call("GetExecutionHistory", {
          executionArn,
          reverseOrder,
          maxResults: 4,
          nextToken,
        });
        ids.push(...page.events.map(({ id }: { id: number }) => id));
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      return ids;
    };
    expect(await read(false)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await read(true)).toEqual([6, 5, 4, 3, 2, 1]);
  });

  test("tells its history without data when asked to", async () => {
    const rig = statesRig();
    const executionArn = await rig.start(done, { secret: "hidden" });
    await rig.ended(executionArn);
    const { events } = await rig.call("GetExecutionHistory", { executionArn, includeExecutionData: false });
    expect(events).toHaveLength(4);
    expect(JSON.stringify(events)).not.toContain("hidden");
  });

  test("stopped twice keeps its first ending", async () => {
    const rig = statesRig();
    const executionArn = await rig.start(waiting());
    const { stopDate } = await rig.call("StopExecution", { executionArn, error: "First" });
    await rig.clock.advance(1000);
    expect(await rig.call("StopExecution", { executionArn, error: "Second" })).toEqual({ stopDate });
    expect(await rig.call("DescribeExecution", { executionArn })).toMatchObject({ error: "First", stopDate });
  });

  test("puts each change of its status on the default bus", async () => {
    const rig = statesRig();
    const executionArn = await rig.start(machine({ Fail: { Type: "Fail", Error: "Own", Cause: "why" } }), {
      a: 1,
    });
    await rig.ended(executionArn);
    expect(rig.events).toMatchObject([
      {
        source: "aws.states",
        detailType: "Step Functions Execution Status Change",
        resources: [executionArn],
        detail: { executionArn, status: "RUNNING", input: '{"a":1}', stopDate: null },
      },
      { detail: { status: "FAILED", error: "Own", cause: "why", output: null, stopDate: rig.clock.now() } },
    ]);
  });
});

describe("the log of a state machine", () => {
  const logging = (level: string, includeExecutionData = true) => ({
    level,
    includeExecutionData,
    destinations: [
      { cloudWatchLogsLogGroup: { logGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:/sfn/log:*" } },
    ],
  });

  test.for([
    ["ALL", ["ExecutionStarted", "FailStateEntered", "ExecutionFailed"]],
    ["ERROR", ["ExecutionFailed"]],
    ["FATAL", ["ExecutionFailed"]],
    ["OFF", []],
  ] as const)("has the events of level %s", async ([level, types]) => {
    const rig = statesRig();
    const failing = machine({ Fail: { Type: "Fail", Error: "Own" } });
    const stateMachineArn = await rig.create(failing, { loggingConfiguration: logging(level) });
    const { executionArn } = await rig.call("StartExecution", { stateMachineArn });
    await rig.ended(executionArn);
    expect(rig.lines.map(({ message }) => JSON.parse(String(message)).type)).toEqual(types);
    for (const { group } of rig.lines) expect(group).toBe("/sfn/log");
  });

  test("leaves out data unless it is to be included", async () => {
    const rig = statesRig();
    const stateMachineArn = await rig.create(done, { loggingConfiguration: logging("ALL", false) });
    const input = '{"secret":"hidden"}';
    await rig.ended((await rig.call("StartExecution", { stateMachineArn, input })).executionArn);
    expect(rig.lines).toHaveLength(4);
    expect(JSON.stringify(rig.lines)).not.toContain("hidden");
  });
});

describe("the permissions of an operation", () => {
  const roleArn = "arn:aws:iam::123456789012:role/r";
  const executionArn = "arn:aws:states:us-east-1:123456789012:execution:m:e";
  test.for([
    ["StartExecution", { stateMachineArn: unknown }, ["states:StartExecution", unknown]],
    ["StopExecution", { executionArn }, ["states:StopExecution", executionArn]],
    ["DescribeExecution", { executionArn }, ["states:DescribeExecution", executionArn]],
    ["ListExecutions", { stateMachineArn: unknown }, ["states:ListExecutions", unknown]],
    ["ListStateMachines", {}, ["states:ListStateMachines", "*"]],
    ["SendTaskSuccess", { taskToken: "t" }, ["states:SendTaskSuccess", "*"]],
    ["SendTaskFailure", { taskToken: "t" }, ["states:SendTaskFailure", "*"]],
    ["SendTaskHeartbeat", { taskToken: "t" }, ["states:SendTaskHeartbeat", "*"]],
    [
      "CreateStateMachine",
      { name: "unknown", roleArn },
      ["states:CreateStateMachine", unknown, "iam:PassRole", roleArn],
    ],
    [
      "UpdateStateMachine",
      { stateMachineArn: unknown, roleArn },
      ["states:UpdateStateMachine", unknown, "iam:PassRole", roleArn],
    ],
    ["UpdateStateMachine", { stateMachineArn: unknown }, ["states:UpdateStateMachine", unknown]],
  ] as const)("%s %j", ([operation, input, expected]) => {
    const call = { caller: {} as never, account: "123456789012", region: "us-east-1", requestId: "r" };
    const permissions = statesRig().states.operations[operation]?.permissions(input, call) ?? [];
    expect(permissions.flatMap(({ action, resource }) => [action, resource])).toEqual(expected);
  });
});

describe("a task", () => {
  test("makes its call as the machine's role, in a session of the execution's own", async () => {
    const rig = statesRig();
    rig.functions.work = () => 1;
    const arns = [await rig.start(machine({ Work: work() })), await rig.start(machine({ Work: work() }))];
    for (const arn of arns) await rig.ended(arn);
    const callers = rig.calls.filter(({ service }) => service === "lambda").map(({ caller }) => caller);
    expect(callers).toMatchObject([
      { type: "role", roleArn: "arn:aws:iam::123456789012:role/machine" },
      { type: "role" },
    ]);
    expect(callers[0]).not.toEqual(callers[1]);
  });

  test("shows its resource, limits and input in the history", async () => {
    const rig = statesRig();
    const token = tokens(rig);
    const executionArn = await rig.start(machine({ Ask: ask({ TimeoutSeconds: 60, HeartbeatSeconds: 10 }) }));
    const taskToken = await token.next();
    const events = await rig.history(executionArn);
    expect(events.find(({ type }) => type === "TaskScheduled")?.taskScheduledEventDetails).toEqual({
      resourceType: "lambda",
      resource: "invoke.waitForTaskToken",
      region: "us-east-1",
      parameters: JSON.stringify({ FunctionName: "ask", Payload: { token: taskToken } }),
      timeoutInSeconds: 60,
      heartbeatInSeconds: 10,
    });
  });
});
