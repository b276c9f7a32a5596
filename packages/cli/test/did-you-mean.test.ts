import { expect, test } from "vitest";
import { didYouMean } from "../src/did-you-mean.ts";

test.for([
  ["pasue", " (did you mean pause?)"],
  ["Promote", " (did you mean promote?)"],
  ["prmote", " (did you mean promote?)"],
  ["apply", ""],
  ["", ""],
] as const)('"%s" is answered with "%s"', ([given, answer]) =>
  expect(didYouMean(given, ["pause", "promote", "resume"])).toBe(answer),
);

test("the nearest of several is meant", () =>
  expect(didYouMean("nightly-3", ["nightly-1", "nightly-33", "nightly"])).toBe(" (did you mean nightly-1?)"));
