import { describe, expect, onTestFinished, test } from "vitest";
import type { Clock } from "../../src/clock/clock.ts";
import { runningClock } from "../../src/clock/running-clock.ts";
import { ask, machine, type StatesRig, statesRig, tokens, work } from "./states-rig.ts";

/** A rig whose AWS time runs by itself at `speed` while the wall's stands, and a function that answers when told to. */
function slowRig(speed: number) {
  const clock = runningClock({ speed });
  onTestFinished(() => clock.close());
  const rig = statesRig(clock);
  const called = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  rig.functions.work = async () => {
    called.resolve();
    await answer.promise;
    return "answered";
  };
  return { rig, called: called.promise, answer: answer.resolve };
}

const passed = ({ clock }: StatesRig<Clock>, ms: number) =>
  new Promise<void>((resolve) => void clock.after(ms, resolve));

describe("the limit of a call in flight", () => {
  test("has not passed while only AWS time has passed it", async () => {
    const { rig, called, answer } = slowRig(1_000_000);
    const arn = await rig.start(machine({ Work: work({ TimeoutSeconds: 30 }) }));
    await called;
    await rig.wall.advance(29_999);
    await passed(rig, 60_000);
    answer();
    expect(await rig.ended(arn)).toMatchObject({ status: "SUCCEEDED", output: '"answered"' });
  });

  test("has not passed while only time on the wall has passed it", async () => {
    const { rig, called, answer } = slowRig(0.001);
    const arn = await rig.start(machine({ Work: work({ TimeoutSeconds: 30 }) }));
    await called;
    await rig.wall.advance(60_000);
    answer();
    expect(await rig.ended(arn)).toMatchObject({ status: "SUCCEEDED", output: '"answered"' });
  });

  test("has passed when both have passed it, whatever the function answers later", async () => {
    const { rig, called, answer } = slowRig(1_000_000);
    const arn = await rig.start(machine({ Work: work({ TimeoutSeconds: "{% 15 * 2 %}" }) }));
    await called;
    await passed(rig, 60_000);
    await rig.wall.advance(30_000);
    expect(await rig.ended(arn)).toMatchObject({ status: "FAILED", error: "States.Timeout" });
    answer();
    expect(await rig.eventTypes(arn)).toMatch(
      /LambdaFunctionStarted LambdaFunctionTimedOut ExecutionFailed$/,
    );
  });

  test("is retried, and each attempt has the whole limit", async () => {
    const { rig, called } = slowRig(1_000_000);
    const Retry = [{ ErrorEquals: ["States.Timeout"], IntervalSeconds: 1, MaxAttempts: 2 }];
    const arn = await rig.start(machine({ Work: work({ TimeoutSeconds: 30, Retry }) }));
    await called;
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await expect.poll(() => rig.calls.filter(({ service }) => service === "lambda").length).toBe(attempt);
      await passed(rig, 60_000);
      await rig.wall.advance(30_000);
    }
    expect(await rig.ended(arn)).toMatchObject({ status: "FAILED", error: "States.Timeout" });
    expect((await rig.eventTypes(arn)).match(/LambdaFunctionTimedOut/g)).toHaveLength(3);
  });

  test.for([
    ["States.Timeout", "SUCCEEDED"],
    ["States.ALL", "SUCCEEDED"],
    ["States.TaskFailed", "FAILED"],
  ])("is caught by %s: %s", async ([name, status]) => {
    const { rig, called } = slowRig(1_000_000);
    const Catch = [{ ErrorEquals: [name], Next: "Caught" }];
    const arn = await rig.start(
      machine({ Work: work({ TimeoutSeconds: 30, Catch }), Caught: { Type: "Succeed" } }),
    );
    await called;
    await passed(rig, 60_000);
    await rig.wall.advance(30_000);
    expect(await rig.ended(arn)).toMatchObject({ status });
  });

  test.for([0, -1, 1.5, "{% 'soon' %}", "{% 0 %}", "{% $nothing %}"])(
    "cannot be %s",
    async (TimeoutSeconds) => {
      const rig = statesRig();
      rig.functions.work = () => "never called";
      const outcome = rig.start(machine({ Work: work({ TimeoutSeconds }) })).then(rig.ended);
      if (typeof TimeoutSeconds === "number")
        await expect(outcome).rejects.toMatchObject({ code: "InvalidDefinition" });
      else await expect(outcome).resolves.toMatchObject({ error: "States.QueryEvaluationError" });
      expect(rig.calls.filter(({ service }) => service === "lambda")).toEqual([]);
    },
  );
});

describe("the limit of an execution", () => {
  test("ends it wherever it is, and no Catch sees it", async () => {
    const rig = statesRig();
    const token = tokens(rig);
    const Catch = [{ ErrorEquals: ["States.ALL"], Next: "Caught" }];
    const arn = await rig.start(
      machine({ Ask: ask({ Catch }), Caught: { Type: "Succeed" } }, { TimeoutSeconds: 300 }),
    );
    const taskToken = await token.next();
    await rig.clock.advance(299_999);
    expect(await rig.call("DescribeExecution", { executionArn: arn })).toMatchObject({ status: "RUNNING" });
    await rig.clock.advance(1);
    expect(await rig.ended(arn)).toMatchObject({ status: "TIMED_OUT" });
    expect(await rig.eventTypes(arn)).toMatch(/TaskSubmitted ExecutionTimedOut$/);
    await expect(rig.call("SendTaskSuccess", { taskToken, output: "1" })).rejects.toMatchObject({
      code: "TaskTimedOut",
    });
  });
});
