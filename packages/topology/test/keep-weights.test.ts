import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keepWeights } from "../src/plan/keep-weights.ts";

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
    ["of the others stay where a group leaves", { a: 100 }, { a: 30, b: 70 }, { a: 30 }],
    ["are the document's where there are none to keep", { c: 100 }, { a: 0 }, { c: 100 }],
  ] as const)("%s", ([, wanted, live, written]) => {
    expect(keepWeights(forward(wanted), forward(live))).toEqual(forward(written));
  });

  test("do not move from one set of groups to another: then nothing would carry any", () => {
    expect(keepWeights(forward({ b: 100, c: 100 }), forward({ a: 100, b: 0 }))).toBe("empty");
  });

  test("are the document's where something else was answered before, and go where it answers itself", () => {
    expect(keepWeights(forward({ a: 100 }), notFound)).toEqual(forward({ a: 100 }));
    expect(keepWeights(notFound, forward({ a: 100 }))).toEqual(notFound);
  });

  const weights = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), fc.nat(999), { minKeys: 1 });
  const carries = (groups: Record<string, number>) => Object.values(groups).some((weight) => weight > 0);
  const kept = (wanted: Record<string, number>, live: Record<string, number>) => {
    const action = keepWeights(forward(wanted), forward(live));
    if (action === "empty") return undefined;
    if (!("forward" in action)) throw new Error("a forward stays one");
    return Object.fromEntries(
      action.forward.targetGroups.map((group) => [group.targetGroupIdentifier, group.weight]),
    );
  };

  test("of the groups that stay keep their numbers, whatever the document says", () => {
    fc.assert(
      fc.property(weights, weights, (wanted, live) => {
        fc.pre(carries(live));
        const after = kept(wanted, live);
        const staying = Object.keys(live).filter((group) => group in wanted);
        if (after === undefined) {
          expect(staying.every((group) => live[group] === 0)).toBe(true);
          return;
        }
        expect(Object.keys(after).sort()).toEqual(Object.keys(wanted).sort());
        expect(carries(after)).toBe(true);
        for (const group of Object.keys(wanted)) expect(after[group]).toBe(live[group] ?? 0);
        expect(kept(wanted, after)).toEqual(after);
      }),
    );
  });

  test("that the document enforces are the document's, whatever is live", () => {
    fc.assert(
      fc.property(weights, weights, (wanted, live) => {
        expect(keepWeights(forward(wanted), forward(live), "enforce")).toEqual(forward(wanted));
      }),
    );
  });
});
