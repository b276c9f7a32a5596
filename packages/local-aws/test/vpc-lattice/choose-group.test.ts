import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseByChance, chooseEvenly } from "../../src/vpc-lattice/data-plane/routing/choose-group.ts";

const weights = fc
  .array(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 10 })
  .filter((all) => all.some((weight) => weight > 0));

describe("Choosing a target group", () => {
  test("in turns stays within one choice of every share, over any number of choices", () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 500 }), (shares, choices) => {
        const total = shares.reduce((sum, weight) => sum + weight, 0);
        const served = shares.map(() => 0);
        for (let made = 1; made <= choices; made += 1) {
          const index = chooseEvenly(shares, served) ?? Number.NaN;
          served[index] = (served[index] ?? 0) + 1;
          for (const [which, weight] of shares.entries()) {
            expect(Math.abs((served[which] ?? 0) - (made * weight) / total)).toBeLessThan(1);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test.for([
    [[80, 20], 0, 0],
    [[80, 20], 0.799, 0],
    [[80, 20], 0.8, 1],
    [[0, 5, 0], 0, 1],
    [[0, 5, 0], 0.999, 1],
    [[1, 1, 2], 0.5, 2],
    [[0, 0], 0.5, undefined],
  ] as const)("by chance: weights %j at %d fall on %s", ([shares, chance, wanted]) => {
    expect(chooseByChance(shares, chance)).toBe(wanted);
  });

  test("never falls on a weight of nil", () => {
    fc.assert(
      fc.property(
        weights,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (shares, chance) => {
          expect(shares[chooseByChance(shares, chance) ?? -1]).toBeGreaterThan(0);
        },
      ),
    );
    expect(chooseEvenly([0, 0], [0, 0])).toBeUndefined();
  });
});
