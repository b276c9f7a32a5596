import { describe, expect, test } from "vitest";
import { FunctionError, functionArn, machine, statesRig, work } from "./states-rig.ts";

const each = (state: object, settings: object = {}) =>
  machine({
    Each: {
      Type: "Map",
      Items: "{% $states.input %}",
      ItemProcessor: { StartAt: "Work", States: { Work: state } },
      End: true,
      ...settings,
    },
  });

describe("a map", () => {
  test.for([
    [1, 1],
    [3, 3],
    [0, 10],
    ["{% 1 + 1 %}", 2],
  ] as const)("of concurrency %s runs %s of 10 items at once", async ([MaxConcurrency, most]) => {
    const rig = statesRig();
    let running = 0;
    let highest = 0;
    rig.functions.work = async (event) => {
      running += 1;
      highest = Math.max(highest, running);
      await new Promise<void>((resolve) => void setImmediate(resolve));
      running -= 1;
      return event;
    };
    const items = Array.from({ length: 10 }, (_, index) => index);
    const arn = await rig.start(each(work(), { MaxConcurrency }), items);
    expect(await rig.ended(arn)).toMatchObject({ output: JSON.stringify(items) });
    expect(highest).toBe(most);
  });

  test.for(["{% -1 %}", "{% 1.5 %}", "{% '2' %}"])(
    "cannot have a concurrency of %s",
    async (MaxConcurrency) => {
      const rig = statesRig();
      const arn = await rig.start(each(work(), { MaxConcurrency }), [1]);
      expect(await rig.ended(arn)).toMatchObject({ error: "States.QueryEvaluationError" });
    },
  );

  test("keeps the order of its items, whatever order they end in", async () => {
    const rig = statesRig();
    const wait = { Type: "Wait", Seconds: "{% $states.input %}", End: true };
    const arn = await rig.start(each(wait), [30, 10, 20]);
    await rig.clock.advance(30_000);
    expect(await rig.ended(arn)).toMatchObject({ output: "[30,10,20]" });
  });

  test("fails with the first item that fails, and stops the others", async () => {
    const rig = statesRig();
    const wait = { Type: "Wait", Seconds: "{% $states.input %}", Next: "Fail" };
    const ItemProcessor = { StartAt: "Wait", States: { Wait: wait, Fail: { Type: "Fail", Error: "Own" } } };
    const arn = await rig.start(each({}, { ItemProcessor }), [30, 10]);
    await rig.clock.advance(10_000);
    expect(await rig.ended(arn)).toMatchObject({ status: "FAILED", error: "Own" });
    expect(await rig.eventTypes(arn)).toMatch(
      /FailStateEntered MapIterationFailed MapIterationAborted MapStateFailed ExecutionFailed$/,
    );
    const events = (await rig.history(arn)).length;
    await rig.clock.advance(60_000);
    expect(await rig.history(arn)).toHaveLength(events);
  });

  test.for([
    [{ ToleratedFailureCount: 1 }, "SUCCEEDED"],
    [{ ToleratedFailureCount: "{% 1 %}" }, "SUCCEEDED"],
    [{ ToleratedFailurePercentage: 25 }, "SUCCEEDED"],
    [{ ToleratedFailurePercentage: 24 }, "FAILED"],
    [{}, "FAILED"],
  ] as const)("that tolerates %j of one failure in four has %s", async ([settings, status]) => {
    const rig = statesRig();
    rig.functions.work = (event) => {
      if (event === 3) throw new FunctionError("Own");
      return event;
    };
    const arn = await rig.start(each(work(), settings), [1, 2, 3, 4]);
    expect(await rig.ended(arn)).toMatchObject({ status });
  });

  test("in distributed mode fails as a run that exceeded its threshold", async () => {
    const rig = statesRig();
    const ItemProcessor = {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      StartAt: "Fail",
      States: { Fail: { Type: "Fail", Error: "Own" } },
    };
    const arn = await rig.start(each({}, { ItemProcessor }), [1]);
    expect(await rig.ended(arn)).toMatchObject({ error: "States.ExceedToleratedFailureThreshold" });
    expect(await rig.eventTypes(arn)).toMatch(/MapRunStarted MapRunFailed MapStateFailed ExecutionFailed$/);
  });

  test("is retried whole", async () => {
    const rig = statesRig();
    let calls = 0;
    rig.functions.work = (event) => {
      calls += 1;
      if (calls === 2) throw new FunctionError("Own");
      return event;
    };
    const arn = await rig.start(
      each(work(), { MaxConcurrency: 1, Retry: [{ ErrorEquals: ["Own"] }] }),
      [1, 2],
    );
    await rig.clock.advance(1000);
    expect(await rig.ended(arn)).toMatchObject({ output: "[1,2]" });
    expect(calls).toBe(4);
  });

  test("gives each item its index and value, also to maps inside it", async () => {
    const rig = statesRig();
    const inner = {
      Type: "Map",
      Items: "{% $states.input.Value %}",
      ItemSelector: "{% $states.context.Map.Item.Value + $states.context.Map.Item.Index %}",
      ItemProcessor: { StartAt: "Pass", States: { Pass: { Type: "Pass", End: true } } },
      End: true,
    };
    const arn = await rig.start(each(inner, { ItemSelector: "{% $states.context.Map.Item %}" }), [
      [10, 20],
      [30],
    ]);
    expect(await rig.ended(arn)).toMatchObject({ output: "[[10,21],[30]]" });
  });
});

describe("parallel branches", () => {
  const wait = (Seconds: number) => ({
    StartAt: "Wait",
    States: { Wait: { Type: "Wait", Seconds, Output: Seconds, End: true } },
  });

  test("wait side by side and answer in the order they are written", async () => {
    const rig = statesRig();
    const Branches = [wait(60), wait(30)];
    const arn = await rig.start(machine({ Both: { Type: "Parallel", Branches, End: true } }));
    await rig.clock.advance(60_000);
    expect(await rig.ended(arn)).toMatchObject({ output: "[60,30]" });
  });

  test("hand their failure to the Catch around them", async () => {
    const rig = statesRig();
    const Branches = [
      wait(60),
      { StartAt: "Fail", States: { Fail: { Type: "Fail", Error: "Own", Cause: "{% 'be' & 'cause' %}" } } },
    ];
    const Catch = [{ ErrorEquals: ["Own"], Next: "Caught" }];
    const arn = await rig.start(
      machine({ Both: { Type: "Parallel", Branches, Catch, End: true }, Caught: { Type: "Succeed" } }),
    );
    expect(await rig.ended(arn)).toMatchObject({ output: '{"Error":"Own","Cause":"because"}' });
  });

  test("name the event before each of their own", async () => {
    const rig = statesRig();
    rig.functions.work = () => 1;
    const call = {
      StartAt: "Work",
      States: { Work: { Type: "Task", Resource: functionArn("work"), End: true } },
    };
    const arn = await rig.start(machine({ Both: { Type: "Parallel", Branches: [call, call], End: true } }));
    await rig.ended(arn);
    const events = await rig.history(arn);
    const started = events.find(({ type }) => type === "ParallelStateStarted")?.id;
    const entered = events.filter(
      ({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name === "Work",
    );
    expect(entered.map(({ previousEventId }) => previousEventId)).toEqual([started, started]);
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
  });
});
