import { describe, expect, test } from "vitest";
import {
  errorRegression,
  evidenceAgainst,
  noCounts,
  type RegressionPlan,
  RegressionState,
  regress,
  startRegression,
  suspicionOf,
} from "../src/index.ts";
import { arms } from "./arms.ts";

const simple: RegressionPlan = {
  ratio: 1.1,
  slack: 0.001,
  alternatives: [1.3, 1.6, 2, 3, 5, 10, 30].map((times) => ({ times, weight: 1 })),
  start: { first: 0.5, horizon: 60 },
};
const errors = [arms(60, 0, 1140, 1), arms(120, 2, 1080, 1), arms(300, 5, 900, 1), arms(600, 9, 600, 0)];
const slow = [arms(60, 9, 1140, 110), arms(120, 20, 1080, 105), arms(300, 48, 900, 95)];

function states(plan: RegressionPlan, minutes: typeof errors): RegressionState[] {
  let state = startRegression(plan);
  return minutes.map((counts) => {
    state = regress(plan, state, counts);
    return state;
  });
}

describe("the regression test reproduces the reference trace", () => {
  test.for([
    {
      name: "of equal bets",
      plan: simple,
      rows: errors,
      trace: [0.853183, 1.852819, 26.663619, 1893.394917],
    },
    {
      name: "of errors",
      plan: errorRegression,
      rows: errors,
      trace: [0.771708, 2.512429, 45.246288, 3038.12479],
    },
    {
      name: "of slow requests",
      plan: { ...errorRegression, slack: 0.005 },
      rows: slow,
      trace: [0.500202, 0.969526, 2.144675],
    },
  ])("$name", ({ plan, rows, trace }) => {
    const evidence = states(plan, rows).map((state) => evidenceAgainst(plan, state));
    for (const [k, expected] of trace.entries()) expect(evidence[k]).toBeCloseTo(expected, 5);
  });

  test.for([
    { plan: errorRegression, rows: errors, trace: [0.715819, 4.568343, 102.354312, 8465.82294] },
    { plan: { ...errorRegression, slack: 0.005 }, rows: slow, trace: [0.377845, 1.07167, 2.44484] },
  ])("of suspicion, slack $plan.slack", ({ plan, rows, trace }) => {
    const suspicion = states(plan, rows).map((state) => suspicionOf(plan, state));
    for (const [k, expected] of trace.entries()) expect(suspicion[k]).toBeCloseTo(expected, 5);
  });
});

describe("the regression test", () => {
  test("starts at even odds and stays there while nothing is counted", () => {
    const quiet = states(
      errorRegression,
      Array.from({ length: 200 }, () => noCounts),
    ).at(-1);
    expect(evidenceAgainst(errorRegression, startRegression(errorRegression))).toBe(1);
    expect(evidenceAgainst(errorRegression, RegressionState.parse(quiet))).toBeCloseTo(1, 9);
  });

  test("continues from a state that went through JSON exactly as if it had not", () => {
    const [first, , , last] = states(errorRegression, errors);
    let revived = RegressionState.parse(JSON.parse(JSON.stringify(first)));
    for (const counts of errors.slice(1)) revived = regress(errorRegression, revived, counts);
    expect(revived).toEqual(last);
  });

  test("stays finite through a day in which everything fails", () => {
    const day = states(
      errorRegression,
      Array.from({ length: 1440 }, () => arms(5000, 5000, 5000, 0)),
    ).at(-1);
    expect(evidenceAgainst(errorRegression, RegressionState.parse(day))).toBeLessThanOrEqual(1e30);
  });
});
