import { describe, expect, test } from "vitest";
import { AdaptiveStrategy, summary, Window, waitingFor, windowsAt } from "../../src/index.ts";
import { admitted, after, command, started } from "../builders.ts";
import { carried } from "../workflow.ts";

const steps = [
  { weight: 10, bakeMinutes: 2 },
  { weight: 50, bakeMinutes: 2 },
];
const frozen = { by: "ana", why: "the sale", since: after(1) };

describe("a window", () => {
  const window = Window.parse({ opens: "0 9 * * 1-5", minutes: 480, timeZone: "Europe/Berlin" });

  test.for([
    ["2026-03-02T07:59:59.000Z", false, "2026-03-02T08:00:00.000Z"],
    ["2026-03-02T08:00:00.000Z", true, "2026-03-02T16:00:00.000Z"],
    ["2026-03-02T15:59:59.000Z", true, "2026-03-02T16:00:00.000Z"],
    ["2026-03-02T16:00:00.000Z", false, "2026-03-03T08:00:00.000Z"],
    ["2026-03-28T12:00:00.000Z", false, "2026-03-30T07:00:00.000Z"],
  ] as const)("at %s is open: %s, until %s", ([at, open, until]) => {
    expect(windowsAt([window], at)).toEqual({ open, until });
  });

  test("among several is enough, and without any all times are open", () => {
    const night = Window.parse({ opens: "0 22 * * *", minutes: 60 });
    expect(windowsAt([window, night], "2026-03-01T22:30:00.000Z").open).toBe(true);
    expect(windowsAt([], "2026-03-01T22:30:00.000Z")).toEqual({ open: true, until: null });
  });

  test("that names a day there never is, is never open again", () => {
    const never = Window.parse({ opens: "0 9 30 2 *", minutes: 60 });
    expect(windowsAt([never], after(0))).toEqual({ open: false, until: null });
  });
});

describe("while no window is open", () => {
  // The rollouts of these tests begin at 12:00:20.
  const windows = [{ opens: "10 12 * * *", minutes: 30 }];

  test("a rollout does not begin, says why and until when, and waits no minute too often", () => {
    const story = carried(started(steps, { windows })).until(5);
    expect(summary(story.rollout)).toMatchObject({
      status: "waiting",
      weight: 0,
      reason: expect.stringContaining("no window is open, the next one opens at 2026-03-01T12:10:00.000Z"),
    });
    expect(story.of("growth-held")).toMatchObject([{ until: "2026-03-01T12:10:00.000Z" }]);
    expect(story.waits[0]).toMatchObject({ until: "2026-03-01T12:10:00.000Z" });
    story.until(10);
    expect(admitted(story.rollout).written).toBe(10);
  });

  test("a rollout that has begun stays at its share, and is rolled back all the same", () => {
    const closing = [{ opens: "0 12 * * *", minutes: 2 }];
    const story = carried(started(steps, { windows: closing }), {
      counts: (weight, minute) => [10 * weight, minute < 20 ? 0 : weight, 1000 - 10 * weight, 0],
    });
    story.until(20);
    expect(summary(story.rollout)).toMatchObject({ status: "waiting", weight: 10 });
    story.until(40);
    expect(summary(story.rollout)?.status).toBe("rolled-back");
  });

  test("somebody may promote, since somebody is there", () => {
    const story = carried(started(steps, { windows })).command(command("promote"));
    expect(summary(story.rollout)?.status).toBe("promoted");
  });
});

describe("while all rollouts are frozen", () => {
  const story = () => carried(started(steps)).until(1).see({ frozen });

  test("no share grows, and the rollout says by whose word", () => {
    const held = story().until(30);
    expect(summary(held.rollout)).toMatchObject({ status: "waiting", weight: 10 });
    expect(waitingFor(held.rollout)?.for).toContain('all rollouts are frozen by ana, "the sale"');
    held.see({ frozen: null }).until(60);
    expect(summary(held.rollout)?.status).toBe("promoted");
    expect(held.of("rollouts-frozen")).toHaveLength(1);
    expect(held.of("growth-held")).toHaveLength(1);
  });

  test("nobody promotes, not even a deadline; going back is free", () => {
    const limits = { deadlines: { totalMinutes: 20, otherwise: "promote" } };
    const held = carried(started(steps, limits)).until(1).see({ frozen });
    held.command(command("promote"));
    expect(held.of("command-declined")).toMatchObject([
      { reason: expect.stringContaining("lift the freeze") },
    ]);
    held.until(30);
    expect(summary(held.rollout)).toMatchObject({
      status: "rolled-back",
      reason: expect.stringContaining("not over within 20 minutes, and all rollouts are frozen"),
    });
  });

  test("an undo goes on: it takes back", () => {
    const undo = { ...started([], { strategy: { type: "shift", to: 100 } }), undoes: "r0" };
    const story = carried(undo, { sees: () => ({ frozen }) });
    expect(summary(story.rollout)?.status).toBe("promoted");
  });
});

describe("an adaptive rollout that may not grow", () => {
  const adaptive = { strategy: AdaptiveStrategy.parse({ type: "adaptive" }) };
  const served = (weight: number) => [12 * weight, 0, 1200 - 12 * weight, 1] as const;

  test("stays where it is, and the time does not count as if it had been there", () => {
    const quiet = (weight: number) => [Math.round(weight / 5), 0, 20 - Math.round(weight / 5), 0] as const;
    const sees = (minute: number) => ({ frozen: minute >= 3 && minute < 60 ? frozen : null });
    const story = carried(started([], adaptive), { counts: quiet, sees }).until(59);
    const before = admitted(story.rollout);
    expect(before.written).toBeLessThan(8);
    expect(summary(story.rollout)).toMatchObject({
      status: "baking",
      reason: expect.stringContaining("does not go on yet: all rollouts are frozen"),
    });
    story.until(61);
    expect(admitted(story.rollout).written).toBeLessThan(13);
    story.until(200);
    expect(summary(story.rollout)?.status).toBe("promoted");
  });

  test("shrinks and rolls back as freely as ever", () => {
    const worse = (weight: number, minute: number) =>
      [12 * weight, minute < 10 ? 0 : Math.ceil(weight), 1200 - 12 * weight, 1] as const;
    const sees = (minute: number) => ({ frozen: minute >= 7 ? frozen : null });
    const story = carried(started([], adaptive), { counts: worse, sees }).until(60);
    expect(summary(story.rollout)?.status).toBe("rolled-back");
  });

  test("holds back as a state of its own, and says until when", () => {
    const story = carried(started([], adaptive), { counts: served }).until(30);
    expect(summary(story.rollout)).toMatchObject({
      status: "holding-back",
      weight: 95,
      reason: expect.stringMatching(/^holds 5% back on the stable group until /),
    });
  });
});
