import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keepWeights, sameAction } from "../src/plan/keep-weights.ts";

const forward = (weights: Record<string, number>) => ({
  forward: {
    targetGroups: Object.entries(weights).map(([targetGroupIdentifier, weight]) => ({
      targetGroupIdentifier,
      weight,
    })),
  },
});

const notFound = { fixedResponse: { statusCode: 404 } };

describe("weights", () => {
  test.for([
    ["are kept", { a: 100, b: 0 }, { a: 30, b: 70 }, { a: 30, b: 70 }],
    ["of a group that joins are 0", { a: 100, b: 50 }, { a: 100 }, { a: 100, b: 0 }],
    ["of 0 let a group leave", { a: 100 }, { a: 100, b: 0 }, { a: 100 }],
    [
      "above 0 keep a group that the document no longer names",
      { a: 100 },
      { a: 0, b: 100 },
      { a: 0, b: 100 },
    ],
    ["do not move from one set of groups to another", { c: 100 }, { a: 100, b: 0 }, { a: 100, c: 0 }],
    ["are the document's where there are none to keep", { c: 100 }, { a: 0 }, { c: 100 }],
  ] as const)("%s", ([, wanted, live, written]) => {
    expect(keepWeights(forward(wanted), forward(live))).toEqual(forward(written));
  });

  test("are the document's where something else was answered before, and go where it answers itself", () => {
    expect(keepWeights(forward({ a: 100 }), notFound)).toEqual(forward({ a: 100 }));
    expect(keepWeights(notFound, forward({ a: 100 }))).toEqual(notFound);
  });

  test("are never lost: nobody's share of the traffic changes, whatever the document says", () => {
    const weights = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), fc.nat(999), { minKeys: 1 });
    fc.assert(
      fc.property(weights, weights, (wanted, live) => {
        fc.pre(Object.values(live).some((weight) => weight > 0));
        const kept = keepWeights(forward(wanted), forward(live));
        if (!("forward" in kept)) throw new Error("a forward stays one");
        const carrying = (groups: ReturnType<typeof forward>) =>
          groups.forward.targetGroups.filter(({ weight }) => weight > 0);
        expect(carrying(kept as ReturnType<typeof forward>)).toEqual(carrying(forward(live)));
        expect(sameAction(keepWeights(forward(wanted), kept), kept)).toBe(true);
      }),
    );
  });
});
