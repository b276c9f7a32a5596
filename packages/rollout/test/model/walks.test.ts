import fc from "fast-check";
import { expect, test } from "vitest";
import { started } from "../builders.ts";
import { wrongIn, wrongWithHistory } from "./invariants.ts";
import { begin, moves } from "./world.ts";

const few = fc.integer({ min: 0, max: 4 });
const otherwise = fc.constantFrom("roll-back", "go-on");
const weight = fc.integer({ min: 0, max: 100 });
const match = fc.constantFrom(undefined, { method: "POST" }, { path: { prefix: "/v2" } });
const approval = fc.constantFrom(undefined, true, { withinMinutes: 2, otherwise: "go-on" });
const certificate = fc.constantFrom(undefined, true);
const hook = fc.record({
  url: fc.constant("http://checks.example/go"),
  withinMinutes: fc.constant(2),
  otherwise,
});
const step = fc.record({
  weight,
  bakeMinutes: few,
  match,
  certificate,
  approval,
  hook: fc.option(hook, { nil: undefined }),
});
const steps = fc.array(step, { minLength: 1, maxLength: 4 });

const strategy = fc.oneof(
  fc.record({ type: fc.constant("canary"), steps }),
  fc.record({ type: fc.constant("linear"), by: fc.integer({ min: 5, max: 60 }), everyMinutes: few }),
  fc.record({
    type: fc.constant("blue-green"),
    match,
    testMinutes: few,
    certificate,
    approval,
    watchMinutes: few,
  }),
  fc.record({ type: fc.constant("header"), match: fc.constant({ method: "POST" }), bakeMinutes: few, steps }),
  fc.record({
    type: fc.constant("shift"),
    to: fc.integer({ min: 1, max: 100 }),
    bakeMinutes: few,
    backAfterMinutes: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  }),
  fc.record({ type: fc.constant("adaptive"), holdBack: fc.constantFrom(false, { minutes: 2 }) }),
);

const point = fc.constantFrom("start", "end", "roll-back");
const request = fc.record({
  strategy,
  hooks: fc.array(
    fc.tuple(point, hook).map(([at, call]) => ({ at, ...call })),
    { maxLength: 3 },
  ),
  windows: fc.constantFrom([], [{ opens: "5 12 * * *", minutes: 10 }]),
  alarms: fc.constant(["checkout"]),
  onDrift: fc.constantFrom("abort", "adopt", "restore"),
  unreadable: fc.record({
    minutes: fc.constant(2),
    otherwise: fc.constantFrom("roll-back", "hold", "promote"),
  }),
  deadlines: fc.record({
    pausedMinutes: fc.constant(5),
    waitingMinutes: fc.constant(6),
    totalMinutes: fc.constant(40),
    otherwise: fc.constantFrom("roll-back", "promote"),
  }),
});

test("whatever is asked for, any walk through what can happen keeps the promises", {
  timeout: 60_000,
}, () => {
  const names = Object.keys(moves);
  const walk = fc.array(fc.constantFrom(...names, "a minute goes well", "the weights are written"), {
    minLength: 20,
    maxLength: 80,
  });
  fc.assert(
    fc.property(request, walk, (asked, way) => {
      let world = begin(started([], asked), { freezes: true });
      for (const name of way) {
        const next = moves[name]?.(world);
        if (next === undefined) continue;
        expect(wrongIn(world, next)).toEqual([]);
        world = next;
      }
      expect(wrongWithHistory(world)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
