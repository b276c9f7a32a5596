import { describe, expect, test } from "vitest";
import { plan } from "../src/index.ts";
import { stall } from "./build-document.ts";
import { settled } from "./converge.ts";
import { modelLattice } from "./model-lattice.ts";

describe("a plan", () => {
  test("of the applied document has nothing to do", () => {
    const lattice = modelLattice();
    const report = settled(stall(), lattice);
    expect(report).toMatchObject({ created: 11, updated: 0, failures: [] });
    const states = plan(stall(), lattice.existing()).changes.map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(["unchanged"]));
  });
});
