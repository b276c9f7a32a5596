import { describe, expect, test } from "vitest";
import { judge } from "../../src/monitoring/alarms/judge.ts";

const treatments = ["missing", "ignore", "breaching", "notBreaching"] as const;

/** The state by each way to treat missing data of points written as AWS's documentation does, oldest first: 0, X or -. */
function states(points: string, DatapointsToAlarm: number): string {
  const values = { 0: 0, X: 9, "-": undefined };
  const range = points
    .split(" ")
    .map((point, index) => ({ at: index * 60_000, value: values[point as keyof typeof values] }));
  const rule = { ComparisonOperator: "GreaterThanThreshold", EvaluationPeriods: 3, Threshold: 5 } as const;
  return treatments
    .map(
      (TreatMissingData) =>
        judge(range, { ...rule, DatapointsToAlarm, TreatMissingData }).state ?? "retained",
    )
    .join(" ");
}

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
describe("an alarm of 3 out of 3", () => {
  test.for([
    ["0 - X - X", "OK OK OK OK"],
    ["0 - - - -", "OK OK OK OK"],
    ["- - - - 0", "OK OK OK OK"],
    ["- - - - -", "INSUFFICIENT_DATA retained ALARM OK"],
    ["0 X X - X", "ALARM ALARM ALARM ALARM"],
    ["- - - - X", "INSUFFICIENT_DATA retained ALARM OK"],
    ["X - - - -", "ALARM retained ALARM OK"],
    ["- - X - -", "ALARM retained ALARM OK"],
    ["0 0 X X X", "ALARM ALARM ALARM ALARM"],
    ["X X X 0 X", "OK OK OK OK"],
    ["- - - X X", "INSUFFICIENT_DATA retained ALARM OK"],
  ] as const)("of %s is %s", ([points, expected]) => expect(states(points, 3)).toBe(expected));
});

describe("an alarm of 2 out of 3", () => {
  test.for([
    ["0 - X - X", "ALARM ALARM ALARM ALARM"],
    ["0 0 X 0 X", "ALARM ALARM ALARM ALARM"],
    ["0 - X - -", "OK OK ALARM OK"],
    ["- - - - 0", "OK OK ALARM OK"],
    ["- - - - X", "INSUFFICIENT_DATA retained ALARM OK"],
    ["- - - X -", "ALARM retained ALARM OK"],
    ["- - - X X", "ALARM ALARM ALARM ALARM"],
  ] as const)("of %s is %s", ([points, expected]) => expect(states(points, 2)).toBe(expected));
});

describe("a value at the threshold", () => {
  test.for([
    ["GreaterThanOrEqualToThreshold", "ALARM"],
    ["GreaterThanThreshold", "OK"],
    ["LessThanOrEqualToThreshold", "ALARM"],
    ["LessThanThreshold", "OK"],
  ] as const)("by %s is %s", ([ComparisonOperator, expected]) => {
    const rule = {
      DatapointsToAlarm: 1,
      EvaluationPeriods: 1,
      Threshold: 5,
      TreatMissingData: "missing",
    } as const;
    expect(judge([{ at: 0, value: 5 }], { ...rule, ComparisonOperator }).state).toBe(expected);
  });
});
