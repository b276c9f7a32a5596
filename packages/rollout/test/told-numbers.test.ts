import { expect, test } from "vitest";
import { summary } from "../src/index.ts";
import { started } from "./builders.ts";
import { carried } from "./workflow.ts";

const steps = [{ weight: 10, bakeMinutes: 5 }];

test.for([
  ["fails everything", [10_000, 10_000, 90_000, 0]],
  ["fails all but nothing", [10_000, 1, 90_000, 0]],
] as const)("of a version that %s no number is told that cannot be stored", ([, counts]) => {
  const { events, rollout } = carried(started(steps), { counts: () => counts }).until(10);
  expect(["rolled-back", "promoted"]).toContain(summary(rollout)?.status);
  const large: unknown[] = [];
  JSON.stringify(events, (name, value) => {
    if (typeof value === "number" && !Number.isSafeInteger(Math.ceil(value))) large.push({ name, value });
    return value;
  });
  expect(large).toEqual([]);
});
