import { describe, expect, test } from "vitest";
import { machine, statesRig } from "./states-rig.ts";

const pass = (Output: unknown, settings: object = {}) =>
  machine({ Pass: { Type: "Pass", Output, End: true, ...settings } });

async function answerOf(expression: string, input = {}) {
  const rig = statesRig();
  const ended = await rig.ended(await rig.start(pass(`{% ${expression} %}`), input));
  return ended.error === undefined ? JSON.parse(ended.output ?? "") : `${ended.error}: ${ended.cause}`;
}

describe("an expression", () => {
  test.for([
    ["$partition([1,2,3,4,5], 2)", [[1, 2], [3, 4], [5]]],
    ["$range(0, 10, 5)", [0, 5, 10]],
    ["$range(3, 1, -1)", [3, 2, 1]],
    ["$hash('a', 'SHA-256')", "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"],
    ["$hash('a', 'MD5')", "0cc175b9c0f1b6a831c399e269772661"],
    ["$parse('{\"a\":[1]}').a", [1]],
    ["$random(5) = $random(5)", true],
    ["$random() < 1", true],
    ["$contains($uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)", true],
    ["$now()", "2026-01-01T00:00:00.000Z"],
    ["$now('[Y]')", "2026"],
    ["$millis()", Date.UTC(2026, 0, 1)],
    ["$states.context.Execution.Input.a", 1],
    ["$states.context.State.EnteredTime", "2026-01-01T00:00:00.000Z"],
    ["$states.context.StateMachine.Name", "machine-1"],
  ] as const)("%s is %j", async ([expression, expected]) => {
    expect(await answerOf(expression, { a: 1 })).toEqual(expected);
  });

  test.for([
    ["$eval('1')", /threw an error during evaluation/],
    ["$partition([1], 0)", /at least 1/],
    ["$range(0, 5000, 1)", /at most 1000/],
    ["$range(0, 5, 0)", /a step other than 0/],
    ["$hash('a', 'SHA-3')", /one of MD5, SHA-1/],
    ["$parse('{')", /threw an error/],
    ["1 + 'a'", /T2002/],
    ["$missing", /specified for the field 'Output' returned nothing/],
    ["function($x) { $x }", /returned an unsupported result type/],
    ["{'f': $sum}", /returned an unsupported result type/],
    ["($f := function($n) { 1 + $f($n) }; $f(1))", /threw an error/],
  ] as const)("%s fails as States.QueryEvaluationError", async ([expression, cause]) => {
    const problem = await answerOf(expression);
    expect(problem).toMatch(
      /^States.QueryEvaluationError: An error occurred while executing the state 'Pass'/,
    );
    expect(problem).toMatch(cause);
  });

  test("names the member it stands in", async () => {
    const rig = statesRig();
    const arn = await rig.start(pass({ list: [1, { deep: "{% $missing %}" }] }));
    const { cause } = await rig.ended(arn);
    expect(cause).toContain("specified for the field 'Output/list[1]/deep'");
  });

  test("is only what the braces enclose wholly", async () => {
    const rig = statesRig();
    const literals = [" {% 1 %}", "{% 1 %} ", "a {% 1 %}", "$states.input"];
    expect(await rig.ended(await rig.start(pass(literals)))).toMatchObject({
      output: JSON.stringify(literals),
    });
  });
});

describe("variables", () => {
  test("are assigned together, all from the values before", async () => {
    const rig = statesRig();
    const arn = await rig.start(
      machine({
        First: { Type: "Pass", Assign: { a: 1, b: 2 }, Next: "Swap" },
        Swap: { Type: "Pass", Assign: { a: "{% $b %}", b: "{% $a %}" }, Output: "{% $a %}", Next: "Last" },
        Last: { Type: "Pass", Output: "{% [$states.input, $a, $b] %}", End: true },
      }),
    );
    expect(await rig.ended(arn)).toMatchObject({ output: "[1,2,1]" });
    const exits = (await rig.history(arn)).flatMap(
      ({ stateExitedEventDetails }) => stateExitedEventDetails ?? [],
    );
    expect(exits[1]?.assignedVariables).toEqual({ a: "2", b: "1" });
  });

  test("of a branch are seen inside it and not outside", async () => {
    const rig = statesRig();
    const inside = {
      StartAt: "Set",
      States: {
        Set: { Type: "Pass", Assign: { a: "inside" }, Next: "Get" },
        Get: { Type: "Pass", Output: "{% $a & $b %}", End: true },
      },
    };
    const arn = await rig.start(
      machine({
        Set: { Type: "Pass", Assign: { a: "outside", b: "!" }, Next: "Both" },
        Both: { Type: "Parallel", Branches: [inside], Next: "Get" },
        Get: { Type: "Pass", Output: "{% $states.input[0] & $a %}", End: true },
      }),
    );
    expect(await rig.ended(arn)).toMatchObject({ output: '"inside!outside"' });
  });
});

describe("a choice", () => {
  const choice = (settings: object = {}) =>
    machine({
      Choice: {
        Type: "Choice",
        Choices: [{ Condition: "{% $states.input.n > 1 %}", Next: "Many", Output: "many" }],
        ...settings,
      },
      Many: { Type: "Succeed" },
      Few: { Type: "Pass", End: true },
    });

  test("goes to its default with its own output", async () => {
    const rig = statesRig();
    const arn = await rig.start(choice({ Default: "Few", Output: "few" }), { n: 1 });
    expect(await rig.ended(arn)).toMatchObject({ status: "SUCCEEDED", output: '"few"' });
  });

  test("without a default fails when no rule matches", async () => {
    const rig = statesRig();
    expect(await rig.ended(await rig.start(choice(), { n: 1 }))).toMatchObject({
      error: "States.NoChoiceMatched",
    });
  });

  test("fails when a condition is no boolean", async () => {
    const rig = statesRig();
    const Choices = [{ Condition: "{% 'yes' %}", Next: "Many" }];
    expect(await rig.ended(await rig.start(choice({ Choices })))).toMatchObject({
      error: "States.QueryEvaluationError",
      cause: expect.stringContaining("Expected 'boolean', but was 'string'"),
    });
  });
});

describe("a wait", () => {
  test.for([
    ["a number of seconds", { Seconds: 90 }, 90_000],
    ["computed seconds", { Seconds: "{% 2 * 30 %}" }, 60_000],
    ["a timestamp", { Timestamp: "2026-01-01T02:00:00+01:00" }, 3_600_000],
    ["nothing, when the timestamp is past", { Timestamp: "2020-01-01T00:00:00Z" }, 0],
  ] as const)("is for %s", async ([, settings, ms]) => {
    const rig = statesRig();
    const arn = await rig.start(machine({ Wait: { Type: "Wait", ...settings, End: true } }));
    if (ms > 0) await rig.clock.advance(ms - 1);
    if (ms > 0)
      expect(await rig.call("DescribeExecution", { executionArn: arn })).toMatchObject({ status: "RUNNING" });
    await rig.clock.advance(1);
    expect(await rig.ended(arn)).toMatchObject({ status: "SUCCEEDED" });
  });

  test.for(["{% -1 %}", "{% 0.5 %}", "{% 100000000 %}", "{% '1' %}"])(
    "cannot be %s seconds",
    async (Seconds) => {
      const rig = statesRig();
      const arn = await rig.start(machine({ Wait: { Type: "Wait", Seconds, End: true } }));
      expect(await rig.ended(arn)).toMatchObject({ error: "States.QueryEvaluationError" });
    },
  );
});
