import { describe, expect, test } from "vitest";
import {
  type ArmCounts,
  betOnExchange,
  certainty,
  certify,
  type DispersedPlan,
  disperse,
  dispersedLikelihood,
  dispersionOf,
  errorRegression,
  evidenceBeyondNoise,
  evidenceOf,
  exchangeableFactors,
  startCertificate,
  startDispersed,
  startExchange,
} from "../src/index.ts";
import { arms } from "./arms.ts";

/** The value after each row of a fold. */
function trace<State>(
  start: State,
  step: (state: State, row: ArmCounts) => State,
  value: (state: State) => number,
  rows: readonly ArmCounts[],
): number[] {
  let state = start;
  return rows.map((row) => {
    state = step(state, row);
    return value(state);
  });
}

function expectAll(found: readonly number[], wanted: readonly number[]) {
  expect(found).toHaveLength(wanted.length);
  for (const [k, value] of wanted.entries()) expect(found[k]).toBeCloseTo(value, 5);
}

const bursty = [
  arms(120, 5, 1080, 22),
  arms(120, 9, 1080, 25),
  arms(240, 12, 960, 15),
  arms(480, 22, 720, 18),
];

describe("the exchangeable evidence reproduces the reference values", () => {
  test.for([
    {
      row: arms(100, 3, 900, 5),
      factors: [1.035288, 1.113231, 1.258935, 1.498641, 1.763985, 1.914392],
    },
    { row: arms(600, 9, 600, 4), factors: [1.061717, 1.196388, 1.43231, 1.740467, 1.940512, 1.990968] },
  ])("of its bets on $row", ({ row, factors }) => {
    expectAll(exchangeableFactors(1.1, row), factors);
  });

  test("of a trace", () => {
    const plan = { ratio: 1.1, start: errorRegression.start };
    const found = trace(
      startExchange(),
      (state, row) => betOnExchange(plan, state, row),
      (state) => evidenceOf(state),
      bursty,
    );
    expectAll(found, [1.304553, 2.071778, 3.589409, 6.538386]);
  });
});

describe("the dispersed evidence reproduces the reference values", () => {
  test.for([
    { spread: 0.8, wanted: [0.885219, 2.277926, 7.656699, 10.466138] },
    { spread: 0, wanted: [0.968238, 11.402406, 277.389669, 465.387031] },
  ])("of a trace with spreads of at most $spread", ({ spread, wanted }) => {
    const plan: DispersedPlan = { ...errorRegression, spread };
    const found = trace(
      startDispersed(plan),
      (state, row) => disperse(plan, state, row),
      (state) => evidenceBeyondNoise(plan, state),
      bursty,
    );
    expectAll(found, wanted);
  });

  test.for([
    { times: 1, wanted: [-13.622965, -13.595485, -13.61751] },
    { times: 2, wanted: [-12.948445, -13.056761, -13.266919] },
  ])("of the likelihood of $times times the line", ({ times, wanted }) => {
    const found = [0, 0.25, 0.5].map((spread) =>
      dispersedLikelihood(arms(120, 5, 1080, 22), Math.log(1.1 * times), spread),
    );
    expectAll(found, wanted);
  });
});

describe("the certificate reproduces the reference values", () => {
  const rows = [arms(300, 0, 900, 1), arms(600, 1, 600, 0), arms(600, 0, 600, 1)];
  test.for([
    { ratio: 1, wanted: [8.707765, 133.908848, 48381.382] },
    { ratio: 1.6, wanted: [9.765536, 151.111306, 70892.063183] },
  ])("of a trace at $ratio times the stable rate", ({ ratio, wanted }) => {
    const plan = { ratio, slack: 0.01, beta: 1e-9 };
    const found = trace(startCertificate(), (state, row) => certify(plan, state, row), certainty, rows);
    for (const [k, value] of wanted.entries()) expect(found[k]).toBeCloseTo(value, value > 1000 ? 3 : 5);
  });
});

describe("the test of a history's dispersion reproduces the reference values", () => {
  const history = (bad: readonly number[]) => bad.map((x) => ({ requests: 1200, bad: x }));

  test("of a bursty one", () => {
    const found = dispersionOf(history([12, 7, 15, 30, 9, 11, 6, 22, 14, 10]));
    expect(found.spread).toBeCloseTo(0.640072, 5);
    expect(found.variance).toBeCloseTo(350.4, 6);
    expect(found.standardError).toBeCloseTo(61.92899, 5);
    expect(found.excess).toBeCloseTo(0.189446, 6);
  });

  test("of a calm one", () => {
    expect(dispersionOf(history([12, 9, 15, 14, 9, 11, 13, 12, 14, 10])).spread).toBe(0);
  });
});
