import { describe, expect, test } from "vitest";
import { describeVerdict, formatOdds, judge } from "../src/index.ts";
import { arms } from "./arms.ts";

const names = { candidate: "inventory-v3", stable: "inventory-v1" };

describe("a verdict", () => {
  test.for([
    { evidence: 100, over: false, outcome: "fail" },
    { evidence: 100, over: true, outcome: "fail" },
    { evidence: 99.9, over: true, outcome: "pass" },
    { evidence: 99.9, over: false, outcome: "undecided" },
  ])("with evidence $evidence, watching over: $over, is $outcome", ({ evidence, over, outcome }) => {
    expect(judge({ evidence, over, alpha: 0.01, counts: arms(1, 0, 1, 0) }).outcome).toBe(outcome);
  });

  test("is told with its numbers", () => {
    const verdict = judge({ evidence: 1893.39, over: false, alpha: 0.01, counts: arms(412, 21, 3720, 4) });
    expect(describeVerdict(verdict, names)).toBe(
      'inventory-v3 failed 5.1% of 412 requests, inventory-v1 0.1% of 3,720; evidence 1,893 : 1 against "no worse", 100 : 1 needed',
    );
  });

  test("without traffic says so instead of dividing by nil", () => {
    const verdict = judge({ evidence: 1, over: true, alpha: 0.01, counts: arms(0, 0, 0, 0) });
    expect(describeVerdict(verdict, names)).toBe(
      'inventory-v3 served no requests that were counted; evidence 1 : 1 against "no worse", 100 : 1 needed',
    );
  });
});

test.for([
  [0.4449, "0.4 : 1"],
  [9.99, "9.9 : 1"],
  [99.99, "99 : 1"],
  [1 / 0.01, "100 : 1"],
  [2e6, "over 1,000,000 : 1"],
] as const)("odds of %d read %s", ([odds, text]) => {
  expect(formatOdds(odds)).toBe(text);
});
