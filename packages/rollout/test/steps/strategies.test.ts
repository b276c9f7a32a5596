import { describe, expect, test } from "vitest";
import { summary } from "../../src/index.ts";
import { admitted, command, started } from "../builders.ts";
import { carried } from "../workflow.ts";

const match = { header: { name: "x-canary", exact: "yes" } };
const by = (strategy: object, more: object = {}) => started([], { strategy, ...more });

/** The weights and rules of the shifts that were decided, and how it ended. */
function path(story: ReturnType<typeof carried>) {
  const shifts = story.of("shift-decided").map(({ to, match }) => (match === null ? to : [to, match]));
  return { shifts, status: summary(story.rollout)?.status, minutes: story.minutes() };
}

describe("a healthy rollout", () => {
  test("that is linear goes up by as much each time and is promoted", () => {
    const story = carried(by({ type: "linear", by: 25, everyMinutes: 3 })).until(60);
    expect(path(story)).toEqual({ shifts: [25, 50, 75], status: "promoted", minutes: 12 });
  });

  test("that is blue-green is tested by chosen requests, approved, switched at once and watched", () => {
    const asked = { type: "blue-green", match, testMinutes: 5, approval: true, watchMinutes: 4 };
    const story = carried(by(asked)).until(7);
    expect(summary(story.rollout)?.status).toBe("approving");
    expect(admitted(story.rollout)).toMatchObject({ matched: match, written: 0 });
    story.command(command("approve", "ok", undefined)).until(60);
    expect(path(story)).toMatchObject({
      shifts: [
        [0, match],
        [100, match],
      ],
      status: "promoted",
    });
    expect(admitted(story.rollout)).toMatchObject({ matched: null, written: 100 });
  });

  test("that begins with chosen callers keeps their rule through the steps, until promotion", () => {
    const asked = { type: "header", match, bakeMinutes: 2, steps: [{ weight: 50, bakeMinutes: 2 }] };
    const story = carried(by(asked)).until(60);
    expect(path(story)).toMatchObject({
      shifts: [
        [0, match],
        [50, match],
      ],
      status: "promoted",
    });
    expect(admitted(story.rollout).matched).toBeNull();
  });

  test("that shifts stays where it was asked to, and ends as shifted", () => {
    const story = carried(by({ type: "shift", to: 40, bakeMinutes: 2 })).until(60);
    expect(path(story)).toMatchObject({ shifts: [40], status: "shifted" });
    expect(story.of("rollout-shifted")).toMatchObject([{ weight: 40, warnings: [] }]);
  });

  test("that shifts for a while goes back by itself, and ends as shifted back", () => {
    const story = carried(by({ type: "shift", to: 40, backAfterMinutes: 10 })).until(60);
    expect(path(story)).toMatchObject({ shifts: [40], status: "shifted-back", minutes: 10 });
    expect(story.types()).toContain("weights-restored");
  });

  test("that shifts everything at once and for good is a promotion", () => {
    expect(path(carried(by({ type: "shift", to: 100 })))).toMatchObject({ shifts: [], status: "promoted" });
  });

  test("with a certificate wanted goes on as soon as it is held, and not before", () => {
    const steps = [{ weight: 1, bakeMinutes: 1, certificate: true }];
    const story = carried(started(steps)).until(4);
    expect(summary(story.rollout)).toMatchObject({
      status: "certifying",
      reason: expect.stringMatching(/^waits for the certificate of step 1 until .*, then roll-back$/),
    });
    story.until(200);
    expect(path(story).status).toBe("promoted");
    expect(story.minutes()).toBeGreaterThan(10);
  });
});

describe("a failing rollout", () => {
  const failing = (weight: number) => [10 * weight, weight, 1000 - 10 * weight, 1] as const;

  test.for([
    ["linear", { type: "linear", by: 10, everyMinutes: 5 }],
    ["blue-green", { type: "blue-green", watchMinutes: 30 }],
    ["a shift", { type: "shift", to: 40, bakeMinutes: 30 }],
    ["a shift for a while", { type: "shift", to: 40, backAfterMinutes: 30 }],
  ] as const)("that is %s is rolled back on the same evidence", ([, strategy]) => {
    const shared = strategy.type === "blue-green" ? { objective: { errorRate: 0.01 } } : {};
    const story = carried(by(strategy, shared), { counts: failing }).until(60);
    expect(path(story)).toMatchObject({ status: "rolled-back" });
    expect(story.minutes()).toBeLessThan(10);
  });

  test("tells every number in its outcome", () => {
    const story = carried(by({ type: "linear" }), { counts: failing }).until(60);
    const [outcome] = story.of("rollout-rolled-back");
    expect(outcome).toMatchObject({ weight: 10, threshold: 100, ratio: { low: expect.any(Number) } });
    expect(outcome?.evidence).toBeGreaterThan(100);
    expect(outcome?.metrics.map(({ name }) => name)).toEqual(["errors"]);
    expect(outcome?.counts.candidate.bad).toBeGreaterThan(0);
  });

  test("says in its outcome that the stable group has no healthy target", () => {
    const warnings = ["stable inventory-v1 has no healthy target (UNHEALTHY)"];
    const story = carried(started(), { counts: failing, warnings }).until(60);
    expect(story.of("rollout-rolled-back")).toMatchObject([{ warnings }]);
  });
});
