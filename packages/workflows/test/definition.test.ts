import { errorNames } from "@espalier/rollout";
import validate from "asl-validator";
import { describe, expect, test } from "vitest";
import { definition } from "../src/index.ts";

const names = {
  AdmitFunction: "arn:aws:lambda:us-east-1:123456789012:function:admit",
  PrepareCandidateFunction: "arn:aws:lambda:us-east-1:123456789012:function:prepare-candidate",
  CollectMetricsFunction: "arn:aws:lambda:us-east-1:123456789012:function:collect-metrics",
  DecideFunction: "arn:aws:lambda:us-east-1:123456789012:function:decide",
  ShiftWeightsFunction: "arn:aws:lambda:us-east-1:123456789012:function:shift-weights",
  RollBackFunction: "arn:aws:lambda:us-east-1:123456789012:function:roll-back",
  SettleFunction: "arn:aws:lambda:us-east-1:123456789012:function:settle",
  RunHookFunction: "arn:aws:lambda:us-east-1:123456789012:function:run-hook",
  TakeUpFunction: "arn:aws:lambda:us-east-1:123456789012:function:take-up",
  MostTurns: "200",
  RolloutsTable: "rollouts",
};

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly TimeoutSeconds?: unknown;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[] }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
}

const rollout: { readonly States: Record<string, State> } = JSON.parse(definition("rollout", names));
const tasks = Object.entries(rollout.States).filter(([, { Type }]) => Type === "Task");

describe("the rollout workflow", () => {
  test("is valid Amazon States Language", () => {
    const { isValid, errorsText } = validate(JSON.parse(definition("rollout", names)));
    expect(errorsText()).toBe("");
    expect(isValid).toBe(true);
  });

  test.for(tasks)("%s has a timeout, and somewhere to go whatever fails", ([, task]) => {
    expect(task.TimeoutSeconds).toBeDefined();
    expect(task.Catch?.at(-1)?.ErrorEquals).toEqual(["States.ALL"]);
  });

  test.for(["TakeUp", "Decide", "ShiftWeights", "Wait"])("%s leads to RollBack when it fails", (name) => {
    expect(rollout.States[name]?.Catch?.at(-1)?.Next).toBe("RollBack");
  });

  test("matches on no error that nobody throws", () => {
    const matched = tasks.flatMap(([, { Catch = [], Retry = [] }]) =>
      [...Catch, ...Retry].flatMap((one) => one.ErrorEquals),
    );
    const ours = matched.filter((name) => !/^(States|Lambda|DynamoDb|StepFunctions)\./.test(name));
    expect(ours.length).toBeGreaterThan(0);
    expect([...new Set(ours)].filter((name) => !errorNames.some((known) => known === name))).toEqual([]);
  });

  test("calls only what it was given", () => {
    expect(definition("rollout", names)).not.toMatch(/\$\{/);
  });
});

describe("a definition", () => {
  test("is refused when a name is missing, naming it", () => {
    const { RolloutsTable: _, ...rest } = names;
    expect(() => definition("rollout", rest)).toThrow("the workflow rollout also needs RolloutsTable");
  });

  test("is refused when a name is not in it, naming it", () => {
    expect(() => definition("rollout", { ...names, Tabel: "x" })).toThrow(
      "the workflow rollout has no Tabel",
    );
  });

  test("takes a value with quotes in it as it is", () => {
    const text = definition("rollout", { ...names, RolloutsTable: 'a"b$&' });
    expect(JSON.parse(text).States.Wait.Arguments.TableName).toBe('a"b$&');
  });
});
