import { describe, expect, test } from "vitest";
import type { ManualClock } from "../../src/clock/manual-clock.ts";
import type { Json } from "../../src/states/json.ts";
import { restartingStates } from "./restarting-states.ts";
import { ask, machine, type StatesRig, tokens, work } from "./states-rig.ts";

/** Resolves when the function `name` is called; its call is never answered. */
function called(rig: StatesRig<ManualClock>, name = "work"): Promise<Json> {
  const { promise, resolve } = Promise.withResolvers<Json>();
  rig.functions[name] = (event) => {
    resolve(event);
    return new Promise(() => {});
  };
  return promise;
}

describe("an execution, after a restart,", () => {
  test("is over at the time its Wait was to end, however long the process was away", async () => {
    const states = await restartingStates();
    const arn = await states.rig().start(machine({ Rest: { Type: "Wait", Seconds: 60, End: true } }));
    await states.rig().clock.advance(20_000);
    await states.restart();
    await states.rig().clock.advance(39_000);
    expect(await states.rig().eventTypes(arn)).toBe("ExecutionStarted WaitStateEntered");
    await states.rig().clock.advance(1000);
    expect(await states.rig().ended(arn)).toMatchObject({ status: "SUCCEEDED" });

    const late = await states.rig().start(machine({ Rest: { Type: "Wait", Seconds: 60, End: true } }));
    await states.restart(undefined, 3_600_000);
    await states.rig().clock.advance(0);
    expect(await states.rig().ended(late)).toMatchObject({ status: "SUCCEEDED" });
  });

  test("runs again the task that was in flight, with the same input and variables", async () => {
    const states = await restartingStates();
    const call = called(states.rig());
    const arn = await states.rig().start(
      machine({
        First: { Type: "Pass", Assign: { n: 41 }, Output: { a: 1 }, Next: "Work" },
        Work: work({ Output: "{% $states.result + $n %}" }),
      }),
    );
    expect(await call).toEqual({ a: 1 });
    const events: Json[] = [];
    await states.restart((rig) => {
      rig.functions.work = (event) => {
        events.push(event);
        return 1;
      };
    });
    expect(await states.rig().ended(arn)).toMatchObject({ status: "SUCCEEDED", output: "42" });
    expect(events).toEqual([{ a: 1 }]);
    expect(await states.rig().eventTypes(arn)).toBe(
      "ExecutionStarted PassStateEntered PassStateExited TaskStateEntered " +
        "LambdaFunctionScheduled LambdaFunctionStarted LambdaFunctionScheduled LambdaFunctionStarted " +
        "LambdaFunctionSucceeded TaskStateExited ExecutionSucceeded",
    );
    const history = await states.rig().history(arn);
    expect(history.map(({ id }) => id)).toEqual(history.map((_, index) => index + 1));
    expect(history.slice(1).map(({ previousEventId }) => previousEventId)).toEqual(
      history.slice(1).map((_, index) => index + 1),
    );
  });

  test("waits for the token it gave away, until the time it said", async () => {
    const states = await restartingStates();
    const token = tokens(states.rig());
    const start = () => states.rig().start(machine({ Ask: ask({ TimeoutSeconds: 60 }) }));
    const [arn, other] = [await start(), await start()];
    const [taskToken] = [await token.next(), await token.next()];
    await states.rig().clock.advance(40_000);
    await states.restart();
    await states.rig().call("SendTaskSuccess", { taskToken, output: '"late"' });
    expect(await states.rig().ended(arn)).toMatchObject({ status: "SUCCEEDED", output: '"late"' });
    await expect(states.rig().call("SendTaskSuccess", { taskToken, output: "1" })).rejects.toMatchObject({
      code: "TaskTimedOut",
    });
    await states.rig().clock.advance(19_999);
    expect(await states.rig().eventTypes(other)).toMatch(/TaskStarted TaskSubmitted$/);
    await states.rig().clock.advance(1);
    expect(await states.rig().ended(other)).toMatchObject({ status: "FAILED", error: "States.Timeout" });
  });

  test("counts the silence of a token from its last heartbeat", async () => {
    const states = await restartingStates();
    const token = tokens(states.rig());
    const arn = await states.rig().start(machine({ Ask: ask({ HeartbeatSeconds: 60 }) }));
    const taskToken = await token.next();
    await states.rig().clock.advance(50_000);
    await states.rig().call("SendTaskHeartbeat", { taskToken });
    await states.rig().clock.advance(50_000);
    await states.restart();
    await states.rig().clock.advance(9999);
    expect(await states.rig().eventTypes(arn)).toMatch(/TaskSubmitted$/);
    await states.rig().clock.advance(1);
    expect(await states.rig().ended(arn)).toMatchObject({ error: "States.HeartbeatTimeout" });
  });

  test("gives the same token away again if the call was in flight, and none if the token is back", async () => {
    const states = await restartingStates();
    const given = called(states.rig(), "ask");
    const arn = await states.rig().start(machine({ Ask: ask() }));
    const { token } = (await given) as { token: string };
    let again: Promise<Json> = Promise.resolve(null);
    await states.restart((rig) => {
      again = called(rig, "ask");
    });
    expect(await again).toEqual({ token });
    await states.rig().call("SendTaskSuccess", { taskToken: token, output: "5" });
    await states.restart();
    expect(await states.rig().ended(arn)).toMatchObject({ status: "SUCCEEDED", output: "5" });
    expect(states.rig().calls.filter(({ service }) => service === "lambda")).toEqual([]);
  });

  test("goes on counting retries, and waits out the pause before the next", async () => {
    const states = await restartingStates();
    const Retry = [{ ErrorEquals: ["States.ALL"], MaxAttempts: 2, IntervalSeconds: 10, BackoffRate: 1 }];
    const Arguments = "{% $states.context.State.RetryCount %}";
    const arn = await states.rig().start(machine({ Work: work({ Retry, Arguments }) }));
    const counts: Json[] = [];
    const { rig } = states;
    await rig().clock.advance(4000);
    await states.restart((restarted) => {
      restarted.functions.work = (event) => {
        counts.push(event);
        throw new Error("no function");
      };
    });
    await rig().clock.advance(5999);
    expect(counts).toEqual([]);
    await rig().clock.advance(1);
    expect(counts).toEqual([1]);
    await rig().clock.advance(60_000);
    expect(counts).toEqual([1]);
    expect(await rig().ended(arn)).toMatchObject({ status: "FAILED" });
  });

  test("runs the branches that were not over, each from where it was", async () => {
    const states = await restartingStates();
    const token = tokens(states.rig());
    const counts: Json[] = [];
    states.rig().functions.work = (event) => {
      counts.push(event);
      return event;
    };
    const branch = (name: string, inner: Record<string, object>) => ({ StartAt: name, States: inner });
    const arn = await states.rig().start(
      machine({
        Both: {
          Type: "Parallel",
          Branches: [
            branch("Work", { Work: work({ Arguments: "done" }) }),
            branch("Ask", { Ask: ask() }),
            branch("Each", {
              Each: {
                Type: "Map",
                Items: [1, 2, 3],
                ItemProcessor: branch("Do", {
                  Do: work({ End: undefined, Next: "Ask", Assign: { n: "{% $states.result * 10 %}" } }),
                  Ask: ask({ Output: "{% $n + $states.result %}" }),
                }),
                End: true,
              },
            }),
          ],
          End: true,
        },
      }),
    );
    const given = [await token.next(), await token.next(), await token.next(), await token.next()];
    await states.rig().clock.advance(0);
    const [first = ""] = given;
    await states.rig().call("SendTaskSuccess", { taskToken: first, output: "1" });
    await states.rig().clock.advance(0);
    await states.restart();
    expect(counts.toSorted()).toEqual([1, 2, 3, "done"]);
    for (const taskToken of given.slice(1))
      await states.rig().call("SendTaskSuccess", { taskToken, output: "1" });
    const { output = "" } = await states.rig().ended(arn);
    expect(JSON.parse(output)).toEqual(["done", 1, [11, 21, 31]]);
    expect(states.rig().calls.filter(({ service }) => service === "lambda")).toEqual([]);
  });

  test("waits on for the execution that it started", async () => {
    const states = await restartingStates();
    const token = tokens(states.rig());
    const child = await states.rig().create(machine({ Ask: ask() }));
    const arn = await states.rig().start(
      machine({
        Start: {
          Type: "Task",
          Resource: "arn:aws:states:::states:startExecution.sync:2",
          Arguments: { StateMachineArn: child },
          Output: "{% $states.result.Output %}",
          End: true,
        },
      }),
    );
    const taskToken = await token.next();
    await states.rig().clock.advance(0);
    await states.restart();
    await states.rig().call("SendTaskSuccess", { taskToken, output: "7" });
    expect(await states.rig().ended(arn)).toMatchObject({ status: "SUCCEEDED", output: "7" });
    const { executions } = await states.rig().call("ListExecutions", { stateMachineArn: child });
    expect(executions).toHaveLength(1);
  });

  test("that had ended is described, listed and told as before", async () => {
    const states = await restartingStates();
    states.rig().functions.work = () => ({ done: true });
    const stateMachineArn = await states.rig().create(machine({ Work: work() }));
    const failing = await states.rig().create(machine({ No: { Type: "Fail", Error: "No", Cause: "so" } }));
    const all = async () => {
      const list = async (arn: string) =>
        (await states.rig().call("ListExecutions", { stateMachineArn: arn })).executions;
      const [good, bad] = [await list(stateMachineArn), await list(failing)];
      const arns = [...good, ...bad].map(({ executionArn }: { executionArn: string }) => executionArn);
      const described = arns.map((executionArn) => states.rig().call("DescribeExecution", { executionArn }));
      const histories = arns.map((arn) => states.rig().history(arn));
      return { good, bad, described: await Promise.all(described), histories: await Promise.all(histories) };
    };
    for (const arn of [stateMachineArn, failing, stateMachineArn]) {
      const { executionArn } = await states
        .rig()
        .call("StartExecution", { stateMachineArn: arn, input: "[1]" });
      await states.rig().ended(executionArn);
      await states.rig().clock.advance(1000);
    }
    const before = await all();
    expect(before.good).toHaveLength(2);
    await states.restart();
    expect(await all()).toEqual(before);
  });

  test("is timed out when it would have been", async () => {
    const states = await restartingStates();
    const rest = { Type: "Wait", Seconds: 3600, End: true };
    const arn = await states.rig().start(machine({ Rest: rest }, { TimeoutSeconds: 60 }));
    await states.rig().clock.advance(30_000);
    await states.restart();
    await states.rig().clock.advance(30_000);
    expect(await states.rig().ended(arn)).toMatchObject({ status: "TIMED_OUT" });
    await states.restart();
    const description = await states.rig().call("DescribeExecution", { executionArn: arn });
    expect(description).toMatchObject({ status: "TIMED_OUT" });
  });
});
