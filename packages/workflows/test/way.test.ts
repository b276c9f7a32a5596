import { describe, expect, test } from "vitest";
import { way } from "../src/way.ts";

const states = (from: string, to: string) => way("rollout", from, to).map(({ state }) => state);

describe("the way through the rollout's workflow", () => {
  test("from one look to the next goes through the metrics and the decision", () =>
    expect(states("Wait", "Wait")).toEqual(["CollectMetrics", "Decide", "Decided", "Wait"]));

  test("takes no side roads: a failure is not a shorter way", () =>
    expect(states("ShiftWeights", "Settle")).toEqual(["Decide", "Decided", "Settle"]));

  test("names the states that invoke a function", () =>
    expect(way("rollout", "Wait", "Wait").map(({ invokes }) => invokes)).toEqual([true, true, false, false]));

  test("is refused where there is none", () =>
    expect(() => way("rollout", "Settled", "Admit")).toThrow(
      "the workflow rollout has no way from Settled to Admit",
    ));
});
