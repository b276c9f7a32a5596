import { describe, expect, test } from "vitest";
import { describeIssues, RolloutRequest } from "../src/index.ts";

const good = {
  service: "inventory",
  candidate: "inventory-v2",
  strategy: {
    type: "canary",
    steps: [
      { weight: 10, bakeMinutes: 5 },
      { weight: 50, bakeMinutes: 5 },
    ],
  },
};

function problems(change: object): string[] {
  const input = { ...good, ...change };
  const { error } = RolloutRequest.safeParse(input);
  return error === undefined ? [] : describeIssues("rollout.yaml", error, input);
}

const canary = (...steps: unknown[]) => ({ strategy: { type: "canary", steps } });

describe("a rollout request", () => {
  test("that is right has no problems, and a default alpha", () => {
    expect(problems({})).toEqual([]);
    expect(RolloutRequest.parse(good).alpha).toBe(0.01);
  });

  test.for<[object, string]>([
    [
      canary({ weight: 10, bakeMinutes: 5 }, { weight: 120, bakeMinutes: 5 }),
      "strategy.steps[1].weight is 120; a weight is a whole number from 0 to 100",
    ],
    [
      canary({ weight: 10.5, bakeMinutes: 5 }),
      "strategy.steps[0].weight is 10.5; a weight is a whole number from 0 to 100",
    ],
    [
      canary({ weight: "10", bakeMinutes: 5 }),
      'strategy.steps[0].weight is "10"; a weight is a whole number from 0 to 100',
    ],
    [
      canary({ bakeMinutes: 5 }),
      "strategy.steps[0].weight is missing; a weight is a whole number from 0 to 100",
    ],
    [
      canary({ weight: 10, bakeMinutes: -1 }),
      "strategy.steps[0].bakeMinutes is -1; a bake is a number of minutes from 0 to 10080, which is a week",
    ],
    [canary(), "strategy.steps is []; the steps are a list of 1 to 50 weights, each with its bakeMinutes"],
    [
      canary({ weight: 1, bakeMinutes: 1, pause: true }),
      "strategy.steps[0].pause is not known; a step has the fields weight, bakeMinutes",
    ],
    [{ strategy: { type: "canry" } }, 'strategy.type is "canry"; the strategy types are adaptive and canary'],
    [
      { strategy: "canary" },
      'strategy is "canary"; a strategy has a type, and what its type asks for: {type: adaptive}, or {type: canary, steps: [...]}',
    ],
    [{ service: "" }, 'service is ""; give the name, id or ARN of the VPC Lattice service'],
    [
      { candidate: undefined },
      "candidate is missing; give the name, id or ARN of the target group of the new version",
    ],
    [{ alpha: 0 }, "alpha is 0; alpha is a chance above 0 and at most 0.5; 0.01 by default"],
    [{ id: "no spaces" }, 'id is "no spaces"; an id has 1 to 200 letters, digits and . _ : / + -'],
    [
      { canidate: "x" },
      "canidate is not known; a rollout request has the fields id, service, candidate, stable, strategy, alpha, reason, requestedBy",
    ],
  ])("with %j is answered with the field, what was given and what would do", ([change, expected]) => {
    expect(problems(change)).toEqual([`rollout.yaml: ${expected}`]);
  });

  test.for([[null], ["text"], [[]], [17]])("that is %j is refused in words", ([input]) => {
    const { error } = RolloutRequest.safeParse(input);
    expect(error && describeIssues("", error, input)[0]).toMatch(
      /^the document is .*; a rollout request has/,
    );
  });
});
