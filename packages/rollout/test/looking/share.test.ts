import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { summary } from "../../src/index.ts";
import { binomialTail } from "../../src/observed/binomial-tail.ts";
import { contradicts } from "../../src/observed/contradicts.ts";
import { started } from "../builders.ts";
import { carried, healthy } from "../workflow.ts";

const steps = [{ weight: 10, bakeMinutes: 30 }];
const wrong = [300, 0, 700, 0] as const;

describe("a share observed that is not the one asked for", () => {
  test("stops the rollout after three whole minutes in a row", () => {
    const story = carried(started(steps), { counts: () => wrong }).until(4);
    expect(summary(story.rollout)?.status).toBe("baking");
    // The minute of the shift is not whole, and metrics come a minute late.
    story.until(5);
    expect(summary(story.rollout)).toMatchObject({
      status: "stopped",
      reason: expect.stringContaining("for 3 minutes the share observed has contradicted the 10% asked for"),
    });
    expect(story.of("share-contradicted")).toMatchObject([{ asked: 10, minutes: { length: 3 } }]);
  });

  test("for two minutes is forgotten in the next one that fits", () => {
    const counts = (weight: number, minute: number) => (minute % 3 === 0 ? healthy(weight) : wrong);
    const story = carried(started(steps), { counts }).until(20);
    expect(summary(story.rollout)?.status).toBe("baking");
  });

  test("is not contradicted by minutes without traffic, or without metrics", () => {
    const counts = (_: number, minute: number) => (minute % 2 === 0 ? null : ([0, 0, 0, 0] as const));
    const story = carried(started(steps), { counts }).until(12);
    expect(story.types()).not.toContain("share-contradicted");
  });

  test("is written again by a rollout that is to restore its weights", () => {
    const first = started(steps, { onDrift: "restore" });
    const story = carried(first, { counts: (weight, minute) => (minute < 4 ? wrong : healthy(weight)) });
    story.until(8);
    expect(story.types()).toEqual(expect.arrayContaining(["share-contradicted", "drift-overruled"]));
    expect(story.of("shift-decided").map(({ to }) => to)).toEqual([10, 10]);
    expect(summary(story.rollout)).toMatchObject({ status: "baking", weight: 10 });
  });

  test("is adopted once, until the next shift", () => {
    const first = started(steps, { onDrift: "adopt" });
    const story = carried(first, { counts: () => wrong }).until(25);
    expect(story.of("drift-adopted")).toHaveLength(1);
    expect(summary(story.rollout)?.status).toBe("baking");
  });

  test("is not asked about while a rule sends chosen requests to the candidate", () => {
    const match = { method: "POST" };
    const story = carried(started([{ match, ...steps[0] }]), { counts: () => wrong }).until(20);
    expect(summary(story.rollout)?.status).toBe("baking");
  });
});

describe("the interval of a share", () => {
  // Clopper-Pearson, 99.9%: by SciPy: 10 of 100 is (0.027882, 0.233796), 0 of 50 ends at 0.141027.
  test.for([
    [10, 100, 0.0279, false],
    [10, 100, 0.0278, true],
    [10, 100, 0.2337, false],
    [10, 100, 0.2339, true],
    [0, 50, 0.141, false],
    [0, 50, 0.1411, true],
    [0, 0, 0.5, false],
    [1, 1000, 0, true],
    [999, 1000, 1, true],
    [1000, 1000, 1, false],
  ] as const)("of %d in %d leaves %d out: %s", ([requests, all, asked, out]) => {
    const counts = { candidate: { requests, bad: 0 }, stable: { requests: all - requests, bad: 0 } };
    expect(contradicts(counts, asked)).toBe(out);
  });

  test("comes of a tail that agrees with the plain sum", () => {
    const plain = (x: number, n: number, p: number) => {
      const terms = Array.from({ length: n + 1 }, (_, k) => k);
      const chance = (k: number) => {
        let value = 1;
        for (let j = 1; j <= k; j += 1) value *= ((n - k + j) / j) * p;
        return value * (1 - p) ** (n - k);
      };
      return terms.filter((k) => (x >= n * p ? k >= x : k <= x)).reduce((sum, k) => sum + chance(k), 0);
    };
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 60 })
          .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n))),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        ([x, n], p) => {
          expect(binomialTail(x, n, p)).toBeCloseTo(Math.min(1, plain(x, n, p)), 8);
        },
      ),
    );
  });
});
