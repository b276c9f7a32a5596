import { describe, expect, test } from "vitest";
import { functionArn, machine, statesRig } from "./states-rig.ts";

const end = { End: true };
const task = { Type: "Task", Resource: functionArn("work"), ...end };

describe("a definition is refused, naming the place,", () => {
  test.for([
    ["that is no JSON", "{", /not JSON.* at \//],
    ["without states", { StartAt: "A" }, /at \/States/],
    [
      "that starts nowhere",
      machine({ A: { Type: "Succeed" } }, { StartAt: "B" }),
      /no state "B" to start at at \/StartAt/,
    ],
    [
      "with a transition to nowhere",
      machine({ A: { Type: "Pass", Next: "B" } }),
      /no state "B".* at \/States\/A\/Next/,
    ],
    [
      "with a transition to what every object has",
      machine({ A: { Type: "Pass", Next: "toString" } }),
      /"toString"/,
    ],
    [
      "with a Catch to nowhere",
      machine({ A: { ...task, Catch: [{ ErrorEquals: ["States.ALL"], Next: "B" }] } }),
      /Catch\[0\]\/Next/,
    ],
    ["with a state that neither ends nor goes on", machine({ A: { Type: "Pass" } }), /"Next" or "End"/],
    ["with a state that does both", machine({ A: { Type: "Pass", ...end, Next: "A" } }), /"Next" or "End"/],
    ["with a type AWS does not have", machine({ A: { Type: "Loop" } }), /\/States\/A\/Type/],
    ["with a field AWS does not have", machine({ A: { Type: "Pass", ...end, Colour: "red" } }), /Colour/],
    [
      "with a resource this engine does not run",
      machine({ A: { ...task, Resource: "arn:aws:states:::ecs:runTask" } }),
      /ecs:runTask.*\/States\/A\/Resource/,
    ],
    [
      "with a pattern the integration does not have",
      machine({ A: { ...task, Resource: "arn:aws:states:::lambda:invoke.sync:2" } }),
      /Resource/,
    ],
    [
      "with an expression that does not parse",
      machine({ A: { Type: "Pass", ...end, Output: { b: "{% 1 + %}" } } }),
      /\/States\/A\/Output\/b/,
    ],
    [
      "with a retrier that retries nothing",
      machine({ A: { ...task, Retry: [{ ErrorEquals: [] }] } }),
      /\/States\/A\/Retry\/0\/ErrorEquals/,
    ],
    ["with a wait for nothing", machine({ A: { Type: "Wait", ...end } }), /"Seconds" or "Timestamp"/],
    [
      "with a wait for two things",
      machine({ A: { Type: "Wait", Seconds: 1, Timestamp: "2026-01-01T00:00:00Z", ...end } }),
      /"Seconds" or "Timestamp"/,
    ],
    [
      "with a mistake deep inside",
      machine({
        A: {
          Type: "Map",
          ItemProcessor: { StartAt: "B", States: { B: { Type: "Pass", Next: "C" } } },
          ...end,
        },
      }),
      /\/States\/A\/ItemProcessor\/States\/B\/Next/,
    ],
  ] as const)("%s", async ([, definition, message]) => {
    const rig = statesRig();
    const refused = await rig.create(definition).catch((problem) => problem);
    expect(refused.code).toBe("InvalidDefinition");
    expect(refused.message).toMatch(message);
    expect((await rig.call("ListStateMachines", {})).stateMachines).toEqual([]);
  });
});

describe("JSONPath", () => {
  test.for([
    ["Parameters", { ...task, Parameters: { "a.$": "$.a" } }],
    ["InputPath", { Type: "Pass", InputPath: "$.a", ...end }],
    ["ResultPath", { ...task, ResultPath: null }],
    ["ResultSelector", { ...task, ResultSelector: {} }],
    [
      "ItemsPath",
      { Type: "Map", ItemsPath: "$.a", ItemProcessor: machine({ A: { Type: "Succeed" } }), ...end },
    ],
    ["SecondsPath", { Type: "Wait", SecondsPath: "$.a", ...end }],
    ["TimeoutSecondsPath", { ...task, TimeoutSecondsPath: "$.a" }],
    ["ErrorPath", { Type: "Fail", ErrorPath: "$.a" }],
    ["Choices", { Type: "Choice", Choices: [{ Variable: "$.a", IsNull: true, Next: "A" }] }],
    ["a.$", { Type: "Pass", Assign: { "a.$": "$.b" }, ...end }],
  ] as const)("is refused at %s, saying what to do instead", async ([field, state]) => {
    const rig = statesRig();
    const refused = await rig.create({ StartAt: "A", States: { A: state } }).catch((problem) => problem);
    expect(refused.code).toBe("InvalidDefinition");
    expect(refused.message).toContain('"QueryLanguage": "JSONata"');
    expect(refused.message).toContain(field);
  });

  test("is asked about when a state uses JSONata without saying so", async () => {
    const rig = statesRig();
    const definition = { StartAt: "A", States: { A: { Type: "Pass", Output: "{% 1 %}", ...end } } };
    await expect(rig.create(definition)).rejects.toMatchObject({
      message: expect.stringContaining('Output needs "QueryLanguage": "JSONata" at /States/A/Output'),
    });
  });

  test("does not matter to states that read the same in both languages", async () => {
    const rig = statesRig();
    const arn = await rig.start({ StartAt: "A", States: { A: { Type: "Pass", Result: "{% 1 %}", ...end } } });
    expect(await rig.ended(arn)).toMatchObject({ output: '"{% 1 %}"' });
  });
});
