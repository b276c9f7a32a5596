import { describe, expect, test } from "vitest";
import { endOf, type SteppedStrategy, Strategy, stepsOf } from "../../src/index.ts";

function strategy(asked: object): SteppedStrategy {
  const parsed = Strategy.parse(asked);
  if (parsed.type === "adaptive") throw new Error("an adaptive strategy has no steps");
  return parsed;
}

const match = { header: { name: "x-canary", exact: "yes" } };

describe("the steps of", () => {
  test.for([
    [
      "a linear strategy grow by as much each time, and stop before everything",
      { type: "linear", by: 30, everyMinutes: 4 },
      [30, 60, 90].map((weight) => ({ weight, bakeMinutes: 4 })),
    ],
    [
      "a linear strategy that divides a hundred have no step for all of it",
      { type: "linear", by: 50, everyMinutes: 1 },
      [{ weight: 50, bakeMinutes: 1 }],
    ],
    [
      "blue-green are a test without weight and everything at once",
      { type: "blue-green", match, testMinutes: 5, certificate: true, approval: true, watchMinutes: 3 },
      [
        { match, bakeMinutes: 5, certificate: true, approval: true },
        { weight: 100, bakeMinutes: 3 },
      ],
    ],
    [
      "blue-green without a test are the switch alone",
      { type: "blue-green", watchMinutes: 0 },
      [{ weight: 100, bakeMinutes: 0 }],
    ],
    [
      "a header strategy begin with the chosen callers",
      { type: "header", match, bakeMinutes: 5, approval: true, steps: [{ weight: 20 }] },
      [{ match, bakeMinutes: 5, approval: true }, { weight: 20 }],
    ],
    [
      "a shift are the one shift",
      { type: "shift", to: 40, bakeMinutes: 9 },
      [{ weight: 40, bakeMinutes: 9 }],
    ],
    [
      "a shift with a way back bake for as long as it lasts",
      { type: "shift", to: 100, backAfterMinutes: 30 },
      [{ weight: 100, bakeMinutes: 30 }],
    ],
    ["a shift to everything for good are none: it is a promotion", { type: "shift", to: 100 }, []],
  ] as const)("%s", ([, asked, steps]) => {
    expect(stepsOf(strategy(asked))).toEqual(steps);
  });
});

test.for([
  [{ type: "canary", steps: [{ weight: 5 }] }, "promote"],
  [{ type: "shift", to: 100 }, "promote"],
  [{ type: "shift", to: 40 }, "stay"],
  [{ type: "shift", to: 40, backAfterMinutes: 5 }, "go-back"],
] as const)("after the last step of %j comes: %s", ([asked, end]) => {
  expect(endOf(strategy(asked))).toBe(end);
});
