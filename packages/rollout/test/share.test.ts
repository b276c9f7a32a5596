import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Forwarding,
  ownWeightsIn,
  planRestore,
  planShift,
  shareProblem,
  Weight,
  weightOf,
} from "../src/index.ts";

const pair = { candidate: "tg-new", stable: "tg-old" };
const weight = (value: number) => Weight.parse(value);

function action(groups: Record<string, number>, rule = "rule-1"): Forwarding {
  return {
    place: { type: "rule", listener: "listener-1", rule },
    groups: Object.entries(groups).map(([id, value]) => ({ id, weight: value })),
  };
}

/** What the service has after the planned writes. */
function written(current: readonly Forwarding[], writes: readonly Forwarding[]): Forwarding[] {
  return current.map(
    (one) => writes.find(({ place }) => JSON.stringify(place) === JSON.stringify(one.place)) ?? one,
  );
}

function writes(plan: ReturnType<typeof planShift>): readonly Forwarding[] {
  if (plan.type === "drift") throw new Error(`drift: ${plan.found}`);
  return plan.actions;
}

describe("a shift", () => {
  test("of an action of one group adds the candidate behind it, to a sum of 100", () => {
    const before = [action({ "tg-old": 1 })];
    expect(planShift(before, before, { pair, from: null, to: weight(10) })).toEqual({
      type: "write",
      actions: [action({ "tg-old": 90, "tg-new": 10 })],
    });
  });

  test("keeps the groups of others, their weights and the order", () => {
    const before = [action({ "tg-a": 30, "tg-old": 50, "tg-b": 20 })];
    const plan = planShift(before, before, { pair, from: null, to: weight(10) });
    expect(plan).toEqual({
      type: "write",
      actions: [action({ "tg-a": 30, "tg-old": 45, "tg-b": 20, "tg-new": 5 })],
    });
  });

  test("to everything keeps the stable group at nil", () => {
    const before = [action({ "tg-old": 100 })];
    const half = [action({ "tg-old": 50, "tg-new": 50 })];
    expect(planShift(before, half, { pair, from: weight(50), to: weight(100) })).toEqual({
      type: "write",
      actions: [action({ "tg-old": 0, "tg-new": 100 })],
    });
  });

  test("that succeeded in part goes on with the rest", () => {
    const before = [action({ "tg-old": 100 }), action({ "tg-old": 100 }, "rule-2")];
    const current = [action({ "tg-old": 90, "tg-new": 10 }), action({ "tg-old": 100 }, "rule-2")];
    expect(planShift(before, current, { pair, from: null, to: weight(10) })).toEqual({
      type: "write",
      actions: [action({ "tg-old": 90, "tg-new": 10 }, "rule-2")],
    });
  });

  test("writes nothing at all where one weight is somebody else's", () => {
    const before = [action({ "tg-old": 100 }), action({ "tg-old": 100 }, "rule-2")];
    const current = [action({ "tg-old": 100 }), action({ "tg-old": 93, "tg-new": 7 }, "rule-2")];
    expect(planShift(before, current, { pair, from: null, to: weight(10) })).toEqual({
      type: "drift",
      found: "listener-1/rule-2 has 7/93, not 0/100 or 10/90",
    });
  });

  test("finds drift in an action that is gone", () => {
    const before = [action({ "tg-old": 100 })];
    expect(planShift(before, [], { pair, from: null, to: weight(10) })).toEqual({
      type: "drift",
      found: "listener-1/rule-1 no longer forwards",
    });
  });
});

test("a share that whole numbers cannot give beside other groups is refused, not rounded away", () => {
  expect(shareProblem(action({ "tg-old": 1, "tg-a": 1 }), pair, weight(10))).toMatch(
    /10% of 1, .* no whole number/,
  );
  expect(shareProblem(action({ "tg-old": 1 }), pair, weight(10))).toBeUndefined();
  expect(shareProblem(action({ "tg-old": 999, "tg-new": 999, "tg-a": 1 }), pair, weight(100))).toMatch(
    /at most 999/,
  );
});

const groupsArbitrary = fc
  .record({
    old: fc.integer({ min: 100, max: 400 }),
    new: fc.option(fc.integer({ min: 0, max: 400 }), { nil: undefined }),
    others: fc.array(fc.integer({ min: 0, max: 999 }), { maxLength: 4 }),
  })
  .map((row) => ({
    "tg-old": row.old,
    ...(row.new === undefined ? {} : { "tg-new": row.new }),
    ...Object.fromEntries(row.others.map((value, k) => [`tg-other-${k}`, value])),
  }));
const weights = fc.integer({ min: 0, max: 100 }).map(weight);

describe("whatever the actions and the weights", () => {
  test("no shift touches a group of others, forwards nowhere, or misses its share by more than half a percent", () => {
    fc.assert(
      fc.property(
        fc.array(groupsArbitrary, { minLength: 1, maxLength: 3 }),
        fc.array(weights, { minLength: 1 }),
        (all, way) => {
          const before = all.map((groups, k) => action(groups, `rule-${k}`));
          let current = before;
          let from: Weight | null = null;
          for (const to of way) {
            current = written(current, writes(planShift(before, current, { pair, from, to })));
            from = to;
            for (const [k, now] of current.entries()) {
              const own = ownWeightsIn(now, pair);
              expect(own.candidate + own.stable).toBeGreaterThan(0);
              expect(Math.abs((100 * own.candidate) / (own.candidate + own.stable) - to)).toBeLessThanOrEqual(
                0.5,
              );
              for (const { id, weight: kept } of before[k]?.groups ?? []) {
                if (id.startsWith("tg-other")) expect(weightOf(now, id)).toBe(kept);
              }
            }
            expect(writes(planShift(before, current, { pair, from, to }))).toEqual([]);
          }
        },
      ),
    );
  });

  test("a restore after any shift gives back exactly the recorded actions, and has nothing to do the second time", () => {
    fc.assert(
      fc.property(groupsArbitrary, weights, (groups, to) => {
        const before = [action(groups)];
        const shifted = written(before, writes(planShift(before, before, { pair, from: null, to })));
        const restored = written(shifted, planRestore(before, shifted, pair));
        expect(restored).toEqual(before);
        expect(planRestore(before, restored, pair)).toEqual([]);
      }),
    );
  });
});

test("a restore leaves alone what others did meanwhile, and actions that are gone", () => {
  const before = [action({ "tg-old": 100 }), action({ "tg-old": 100 }, "rule-2")];
  const current = [action({ "tg-old": 50, "tg-new": 50, "tg-a": 7 })];
  expect(planRestore(before, current, pair)).toEqual([action({ "tg-old": 100, "tg-a": 7 })]);
});
