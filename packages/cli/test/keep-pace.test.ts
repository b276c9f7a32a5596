import { describe, expect, test } from "vitest";
import { paceOf } from "../src/demonstration/keep-pace.ts";

describe("the demonstration's pace", () => {
  test.for([
    [80, 80, 1],
    [95, 80, 1],
    [20, 80, 0.25],
    [60, 240, 0.25],
  ] as const)("of %d orders answered where %d were due is %d", ([answered, due, pace]) => {
    expect(paceOf(answered, due)).toBe(pace);
  });

  test("lets time go on where no order is answered", () => {
    expect(paceOf(0, 80)).toBeGreaterThan(0);
  });
});
