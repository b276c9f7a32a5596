import { describe, expect, test } from "vitest";
import { dispersedLikelihood, ratioInterval, startRatio, weighRatios } from "../src/index.ts";
import { arms } from "./arms.ts";

/** A third of an octave, the step between the ratios that are weighed; the lowest is 1/8. */
const ratioAt = (k: number) => ((k - 9) * Math.LN2) / 3;

describe("a ratio's likelihood", () => {
  test.for([0, 0.2, 0.5, 0.8, 1.4])("is that of counts with noise of spread %d", (spread) => {
    for (const counts of [arms(120, 5, 1080, 22), arms(1080, 40, 120, 0), arms(900, 0, 300, 3)]) {
      const logs = weighRatios(startRatio(), counts, { spread, temper: 1 });
      for (const [k, log] of logs.entries()) {
        const wanted = dispersedLikelihood(counts, ratioAt(k), spread);
        // The noise is summed over other points, so what lies far out differs by a little.
        expect(Math.abs(log - wanted)).toBeLessThan(spread === 0 ? 1e-9 : 0.05 + 0.06 * Math.abs(wanted));
      }
    }
  });

  test("stays finite where the counts leave nothing of most ratios", () => {
    const flood = arms(1e6, 1e6, 1e6, 0);
    for (const spread of [0, 0.2, 1.4]) {
      const logs = weighRatios(startRatio(), flood, { spread, temper: 1 });
      expect(logs.every(Number.isFinite)).toBe(true);
      expect(ratioInterval(logs, 0.05).low).toBeGreaterThan(50);
    }
  });

  test("is what it was after a minute that says nothing", () => {
    const before = weighRatios(startRatio(), arms(120, 5, 1080, 22), { spread: 0, temper: 1 });
    for (const nothing of [arms(0, 0, 900, 3), arms(900, 3, 0, 0), arms(900, 0, 900, 0)])
      expect(weighRatios(before, nothing, { spread: 0.5, temper: 1 })).toEqual(before);
  });
});
