import { describe, expect, test } from "vitest";
import { bar, minutes, rate } from "../src/view/numbers.ts";

describe("a number for people", () => {
  test.for([
    [21, 412, "5.1%"],
    [4, 3720, "0.1%"],
    [1, 3720, "<0.1%"],
    [0, 3720, "0%"],
    [0, 0, "–"],
  ] as const)("tells %i of %i as %s", ([bad, requests, text]) => expect(rate(bad, requests)).toBe(text));

  test.for([
    [12, "12 min"],
    [59.6, "1 h 00 min"],
    [65, "1 h 05 min"],
  ] as const)("tells %d minutes as %s", ([n, text]) => expect(minutes(n)).toBe(text));

  test.for([
    [0, "░░░░"],
    [0.5, "██░░"],
    [7, "████"],
    [-1, "░░░░"],
  ] as const)("draws a share of %d as %s", ([share, text]) => expect(bar(share, 4)).toBe(text));
});
