import { describe, expect, test } from "vitest";
import { Retrier } from "../../src/states/definition/state-machine-definition.ts";
import { retryDelay } from "../../src/states/engine/retry-delay.ts";
import { covers, StateFailure } from "../../src/states/engine/state-failure.ts";
import { FunctionError, machine, statesRig, work } from "./states-rig.ts";

describe("the wait before a retry", () => {
  test.for([
    ["grows by the backoff rate", { IntervalSeconds: 3, BackoffRate: 2 }, [3, 6, 12, 24]],
    ["is a second, then twice as long, by default", {}, [1, 2, 4, 8]],
    ["stays within MaxDelaySeconds", { IntervalSeconds: 3, MaxDelaySeconds: 10 }, [3, 6, 10, 10]],
    ["is a share of itself with full jitter", { IntervalSeconds: 4, JitterStrategy: "FULL" }, [1, 2, 4, 8]],
  ] as const)("%s", ([, settings, seconds]) => {
    const retrier = Retrier.parse({ ErrorEquals: ["States.ALL"], ...settings });
    expect(seconds.map((_, attempt) => retryDelay(retrier, attempt, () => 0.25) / 1000)).toEqual(seconds);
  });
});

describe("ErrorEquals", () => {
  test.for([
    ["Own", "Own", true],
    ["Own", "Other", false],
    ["States.ALL", "Own", true],
    ["States.ALL", "States.Timeout", true],
    ["States.ALL", "States.DataLimitExceeded", false],
    ["States.DataLimitExceeded", "States.DataLimitExceeded", true],
    ["States.ALL", "States.Runtime", false],
    ["States.Runtime", "States.Runtime", false],
    ["States.TaskFailed", "Own", true],
    ["States.TaskFailed", "States.Timeout", false],
    ["States.TaskFailed", "States.HeartbeatTimeout", true],
    ["States.Timeout", "States.HeartbeatTimeout", false],
  ] as const)("%s covers %s: %s", ([pattern, error, expected]) => {
    expect(covers([pattern], new StateFailure(error, undefined))).toBe(expected);
  });
});

describe("a task that fails", () => {
  test("is tried again after each wait, on AWS time", async () => {
    const rig = statesRig();
    const start = rig.clock.now();
    const at: number[] = [];
    rig.functions.work = () => {
      at.push((rig.clock.now() - start) / 1000);
      if (at.length < 4) throw new FunctionError("Busy");
      return at.length;
    };
    const Retry = [{ ErrorEquals: ["Busy"], IntervalSeconds: 10, MaxAttempts: 3 }];
    const arn = await rig.start(machine({ Work: work({ Retry }) }));
    await rig.clock.advance(100_000);
    expect(await rig.ended(arn)).toMatchObject({ status: "SUCCEEDED", output: "4" });
    expect(at).toEqual([0, 10, 30, 70]);
  });

  test("counts the attempts of each Retrier apart, and takes the first that covers the error", async () => {
    const rig = statesRig();
    const errors = ["A", "B", "A", "B", "A"];
    rig.functions.work = () => {
      throw new FunctionError(errors.shift() ?? "none left");
    };
    const Retry = [
      { ErrorEquals: ["A"], MaxAttempts: 2 },
      { ErrorEquals: ["States.ALL"], MaxAttempts: 3 },
    ];
    const arn = await rig.start(machine({ Work: work({ Retry }) }));
    await rig.clock.advance(1_000_000);
    expect(await rig.ended(arn)).toMatchObject({ status: "FAILED", error: "A" });
    expect(errors).toEqual([]);
  });

  test("tells its retries to the expressions of the next attempt", async () => {
    const rig = statesRig();
    rig.functions.work = (event) => {
      if (event === 0) throw new FunctionError("Busy");
      return event;
    };
    const Retry = [{ ErrorEquals: ["Busy"] }];
    const Arguments = "{% $states.context.State.RetryCount %}";
    const arn = await rig.start(machine({ Work: work({ Arguments, Retry }) }));
    await rig.clock.advance(1000);
    expect(await rig.ended(arn)).toMatchObject({ output: "1" });
  });

  test("can be caught when an expression of its own fails", async () => {
    const rig = statesRig();
    rig.functions.work = () => ({});
    const Catch = [{ ErrorEquals: ["States.QueryEvaluationError"], Next: "Caught" }];
    const arn = await rig.start(
      machine({ Work: work({ Output: "{% $states.result.missing %}", Catch }), Caught: { Type: "Succeed" } }),
    );
    expect(await rig.ended(arn)).toMatchObject({ status: "SUCCEEDED" });
    expect(await rig.eventTypes(arn)).toContain("LambdaFunctionSucceeded EvaluationFailed TaskStateExited");
  });

  test("has its result refused above 256 KiB, which States.ALL does not catch", async () => {
    const rig = statesRig();
    rig.functions.work = () => "x".repeat(256 * 1024);
    const Catch = [{ ErrorEquals: ["States.ALL"], Next: "Caught" }];
    const arn = await rig.start(machine({ Work: work({ Catch }), Caught: { Type: "Succeed" } }));
    expect(await rig.ended(arn)).toMatchObject({ status: "FAILED", error: "States.DataLimitExceeded" });
  });

  test("leaves a failure of the Catcher's own expressions to the execution", async () => {
    const rig = statesRig();
    rig.functions.work = () => {
      throw new FunctionError("Own");
    };
    const Catch = [{ ErrorEquals: ["States.ALL"], Output: "{% $nothing %}", Next: "Caught" }];
    const arn = await rig.start(machine({ Work: work({ Catch }), Caught: { Type: "Succeed" } }));
    expect(await rig.ended(arn)).toMatchObject({ status: "FAILED", error: "States.QueryEvaluationError" });
  });
});
