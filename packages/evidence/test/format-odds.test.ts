import { expect, test } from "vitest";
import { formatOdds } from "../src/index.ts";

test.for([
  [0.4449, "0.4 : 1"],
  [9.99, "9.9 : 1"],
  [99.99, "99 : 1"],
  [1 / 0.01, "100 : 1"],
  [2e6, "over 1,000,000 : 1"],
] as const)("odds of %d read %s", ([odds, text]) => {
  expect(formatOdds(odds)).toBe(text);
});
