import { setImmediate } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { jumpingClock } from "../../src/clock/jumping-clock.ts";
import { ask, FunctionError, machine, statesRig, work } from "./states-rig.ts";

function jumpingRig() {
  const clock = jumpingClock(0);
  onTestFinished(() => clock.close());
  return statesRig(clock);
}

describe("a thousand executions at once", () => {
  test("each wait a day, retry and end, in a day of AWS time", async () => {
    const rig = jumpingRig();
    const failed = new Set<unknown>();
    rig.functions.work = (event) => {
      if (failed.has(event)) return event;
      failed.add(event);
      throw new FunctionError("Busy");
    };
    const stateMachineArn = await rig.create(
      machine({
        Wait: { Type: "Wait", Seconds: 86_400, Next: "Work" },
        Work: work({ Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 60 }] }),
      }),
    );
    const started: { executionArn: string }[] = await Promise.all(
      Array.from({ length: 1000 }, (_, number) =>
        rig.call("StartExecution", { stateMachineArn, input: String(number) }),
      ),
    );
    const ended = await Promise.all(started.map(({ executionArn }) => rig.ended(executionArn)));
    expect(ended.map(({ status, output }) => `${status} ${output}`)).toEqual(
      Array.from({ length: 1000 }, (_, number) => `SUCCEEDED ${number}`),
    );
    expect(rig.clock.now()).toBe((86_400 + 60) * 1000);
    expect(rig.events).toHaveLength(2000);
  });

  test("are each called back with their own answer, in any order", async () => {
    const rig = jumpingRig();
    const given = new Map<number, string>();
    const all = Promise.withResolvers<void>();
    rig.functions.ask = (event) => {
      const { token, number } = event as { token: string; number: number };
      given.set(number, token);
      if (given.size === 1000) all.resolve();
      return null;
    };
    const Payload = { token: "{% $states.context.Task.Token %}", number: "{% $states.input %}" };
    const stateMachineArn = await rig.create(
      machine({ Ask: ask({ Arguments: { FunctionName: "ask", Payload } }) }),
    );
    const started: { executionArn: string }[] = await Promise.all(
      Array.from({ length: 1000 }, (_, number) =>
        rig.call("StartExecution", { stateMachineArn, input: String(number) }),
      ),
    );
    await all.promise;
    for (const [number, taskToken] of [...given].reverse())
      await rig.call("SendTaskSuccess", { taskToken, output: String(number * 2) });
    const ended = await Promise.all(started.map(({ executionArn }) => rig.ended(executionArn)));
    expect(ended.map(({ output }) => output)).toEqual(
      Array.from({ length: 1000 }, (_, number) => String(number * 2)),
    );
  });
});

describe("time that jumps", () => {
  test("stands while a state works, also after a wait, whatever else is due", async () => {
    const rig = jumpingRig();
    const seen: number[] = [];
    rig.functions.work = async () => {
      seen.push(rig.clock.now());
      for (let turn = 0; turn < 100; turn += 1) await setImmediate();
      seen.push(rig.clock.now());
      return null;
    };
    const arn = await rig.start(machine({ Wait: { Type: "Wait", Seconds: 10, Next: "Work" }, Work: work() }));
    const other = await rig.start(machine({ Wait: { Type: "Wait", Seconds: 11, End: true } }));
    await Promise.all([rig.ended(arn), rig.ended(other)]);
    expect(seen).toEqual([10_000, 10_000]);
  });
});

describe("a loop without end", () => {
  test("fails with its 25,000th event, and leaves the process free to do other things meanwhile", async () => {
    const rig = jumpingRig();
    const arn = await rig.start(machine({ Loop: { Type: "Pass", Next: "Loop" } }));
    for (let turn = 0; turn < 10; turn += 1) await setImmediate();
    expect(await rig.call("DescribeExecution", { executionArn: arn })).toMatchObject({ status: "RUNNING" });
    expect(await rig.ended(arn)).toMatchObject({ status: "FAILED", error: "States.Runtime" });
    const { events } = await rig.call("GetExecutionHistory", { executionArn: arn, reverseOrder: true });
    expect(events[0]).toMatchObject({ id: 25_000, type: "ExecutionFailed" });
  });

  test("is not caught by a Catch around it", async () => {
    const rig = jumpingRig();
    const Branches = [{ StartAt: "Loop", States: { Loop: { Type: "Pass", Next: "Loop" } } }];
    const Catch = [{ ErrorEquals: ["States.ALL"], Next: "Caught" }];
    const arn = await rig.start(
      machine({ Both: { Type: "Parallel", Branches, Catch, End: true }, Caught: { Type: "Succeed" } }),
    );
    expect(await rig.ended(arn)).toMatchObject({ status: "FAILED", error: "States.Runtime" });
  });
});
