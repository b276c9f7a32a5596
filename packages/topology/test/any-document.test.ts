import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plan } from "../src/index.ts";
import { settled } from "./converge.ts";
import { documents } from "./documents.ts";
import { modelLattice } from "./model-lattice.ts";

describe("any document", () => {
  test("is applied from nothing, and then has nothing to do", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const lattice = modelLattice();
        expect(settled(document, lattice)).toMatchObject({ failures: [], updated: 0, deleted: 0 });
        expect(
          plan(document, lattice.existing()).changes.filter(({ state }) => state !== "unchanged"),
        ).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("is applied over any other, unless that would take traffic from a group", () => {
    fc.assert(
      fc.property(documents, documents, (before, after) => {
        const lattice = modelLattice();
        settled(before, lattice);
        const problems = plan(after, lattice.existing()).changes.filter(({ state }) => state === "refused");
        if (problems.length > 0) {
          expect(problems.map(({ sentence }) => sentence).join()).toMatch(/roll out first/);
          return;
        }
        expect(settled(after, lattice).failures).toEqual([]);
        const open = plan(after, lattice.existing()).changes.filter(({ state }) => state !== "unchanged");
        expect(open).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
