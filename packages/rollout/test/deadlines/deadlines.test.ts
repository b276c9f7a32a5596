import { describe, expect, test } from "vitest";
import {
  nextStep,
  plannedMinutes,
  type Rollout,
  RolloutRequest,
  summary,
  takeTurn,
  waitingFor,
} from "../../src/index.ts";
import { admitted, after, afterEvents, command, started } from "../builders.ts";
import { carried, healthy } from "../workflow.ts";

const steps = [{ weight: 10, bakeMinutes: 600 }];
const ends = [
  ["roll-back", "rolled-back"],
  ["promote", "promoted"],
] as const;

describe("a rollout that is paused for too long", () => {
  test.for(ends)("ends as asked: %s", ([otherwise, status]) => {
    const limits = { deadlines: { pausedMinutes: 30, otherwise } };
    const story = carried(started(steps, limits)).until(3).command(command("pause"));
    expect(summary(story.rollout)).toMatchObject({
      status: "paused",
      until: after(33),
      reason: `paused by ana; waits to be resumed, promoted or aborted until ${after(33)}, then ${otherwise}`,
    });
    story.until(40);
    expect(summary(story.rollout)).toMatchObject({
      status,
      reason: expect.stringContaining("paused for 30 minutes"),
    });
  });

  test("before it has begun does not look at metrics in the meantime", () => {
    const windows = [{ opens: "0 11 * * *", minutes: 1 }];
    const story = carried(started(steps, { windows })).command(command("pause"));
    expect(story.waits.at(-1)).toEqual({ type: "wait", until: after(1440) });
  });
});

describe("a rollout that lasts too long", () => {
  test.for(ends)("ends as asked: %s", ([otherwise, status]) => {
    const story = carried(started(steps, { deadlines: { totalMinutes: 30, otherwise } })).until(40);
    expect(summary(story.rollout)).toMatchObject({
      status,
      reason: expect.stringContaining("not over within 30 minutes"),
    });
  });

  test("may last a week longer than its strategy plans, unless it says otherwise", () => {
    const planned = (strategy: object) =>
      plannedMinutes(RolloutRequest.parse({ service: "s", candidate: "c", strategy }));
    expect(planned({ type: "canary", steps: [...steps, { approval: { withinMinutes: 50 } }] })).toBe(650);
    expect(planned({ type: "adaptive" })).toBeGreaterThan(100);
  });

  test("for a certificate, or for leave to go on, ends as asked", () => {
    const limits = { deadlines: { waitingMinutes: 20 } };
    const wanted = [{ weight: 1, bakeMinutes: 1, certificate: true }];
    const quiet = carried(started(wanted, limits), { counts: () => [1, 0, 9, 0] }).until(60);
    expect(summary(quiet.rollout)).toMatchObject({
      status: "rolled-back",
      reason: expect.stringContaining("step 1 waited 20 minutes for its certificate"),
    });
    const never = [{ opens: "0 11 * * *", minutes: 1 }];
    const held = carried(started(steps, { ...limits, windows: never })).until(60);
    expect(summary(held.rollout)).toMatchObject({
      status: "rolled-back",
      reason: expect.stringContaining("step 1 waited 20 minutes to go on"),
    });
  });
});

describe("a promotion that a freeze came in the way of", () => {
  const frozen = { since: after(2) };
  /** Promoted on somebody's word and frozen before the weights were written. */
  const held = (otherwise: string) => {
    const deadlines = { waitingMinutes: 20, totalMinutes: 60, otherwise };
    const { rollout } = carried(started(steps, { deadlines })).until(2);
    const promoting = afterEvents(rollout, takeTurn(rollout, [command("promote")], {}, after(2)));
    return afterEvents(promoting, takeTurn(promoting, [], { looked: false, frozen }, after(2)));
  };
  const still = (before: Rollout, minute: number) =>
    afterEvents(before, takeTurn(before, [], { looked: false, frozen }, after(minute)));

  test("is rolled back when its time is over, where that is asked for", () => {
    expect(admitted(still(held("roll-back"), 21)).phase.type).toBe("promoting");
    expect(admitted(still(held("roll-back"), 22)).phase).toMatchObject({
      type: "rolling-back",
      reason: expect.stringContaining("not promoted within 20 minutes"),
    });
  });

  test("is made once nothing is frozen, where that is asked for", () => {
    const waiting = still(held("promote"), 40);
    expect(nextStep(waiting, after(40))).toMatchObject({ type: "wait" });
    expect(waitingFor(waiting)?.until).toBe(after(60));
    const thawed = afterEvents(waiting, takeTurn(waiting, [], { looked: false, frozen: null }, after(41)));
    expect(nextStep(thawed, after(41))).toMatchObject({ type: "shift", weight: 100 });
  });

  test("is rolled back in the end: a frozen share never grows", () => {
    expect(admitted(still(held("promote"), 61)).phase).toMatchObject({
      type: "rolling-back",
      reason: expect.stringContaining("not over within 60 minutes, and all rollouts are frozen"),
    });
  });

  test("is not decided by the deadline of another wait either, before nothing is frozen", () => {
    const deadlines = { waitingMinutes: 20, otherwise: "promote" };
    const sees = (minute: number) => ({ frozen: minute >= 1 && minute < 90 ? { since: after(1) } : null });
    const story = carried(started([{ weight: 10, bakeMinutes: 2 }], { deadlines }), { sees });
    expect(summary(story.until(80).rollout)).toMatchObject({ status: "waiting" });
    expect(summary(story.until(95).rollout)).toMatchObject({
      status: "promoted",
      reason: expect.stringContaining("waited 20 minutes to go on"),
    });
  });
});

describe("metrics that cannot be read", () => {
  const sees = (minute: number) => (minute >= 3 && minute < 60 ? { unreadable: "AccessDenied" } : {});
  const unread = (limits: object) => carried(started(steps, { unreadable: limits }), { sees });

  test("hold the rollout, which says so, and close no minute as missing", () => {
    const story = unread({ minutes: 15 }).until(17);
    expect(story.of("metrics-unreadable")).toMatchObject([{ reason: "AccessDenied" }]);
    expect(summary(story.rollout)).toMatchObject({
      status: "baking",
      reason: expect.stringContaining(`the metrics cannot be read since ${after(3)} (AccessDenied)`),
    });
    expect(admitted(story.rollout).watch.missingMinutes).toBe(0);
  });

  test.for([
    ["roll-back", "rolled-back"],
    ["hold", "paused"],
    ["promote", "promoted"],
  ] as const)("for too long lead to what was asked: %s", ([otherwise, status]) => {
    const story = unread({ minutes: 15, otherwise }).until(18);
    expect(summary(story.rollout)?.status).toBe(status);
    expect(JSON.stringify(story.events)).toContain(
      "the metrics could not be read for 15 minutes (AccessDenied)",
    );
  });

  test("that can be read again are folded from where it stopped", () => {
    const story = unread({ minutes: 120 }).until(61);
    expect(story.of("metrics-readable")).toHaveLength(1);
    expect(admitted(story.rollout).watch.missingMinutes).toBe(0);
    expect(admitted(story.rollout).watch.counts.candidate.requests).toBe(100 * 60);
  });

  test("in a rollout that was paused for them give it their time again once it goes on", () => {
    const story = unread({ minutes: 15, otherwise: "hold" }).until(18).command(command("resume")).until(20);
    expect(summary(story.rollout)?.status).toBe("baking");
    expect(summary(story.until(34).rollout)?.status).toBe("paused");
  });
});

describe("minutes whose metrics never come", () => {
  test("hold the rollout too, and end it as asked", () => {
    const counts = (weight: number, minute: number) => (minute < 2 ? healthy(weight) : null);
    const first = started(steps, { unreadable: { minutes: 15, otherwise: "hold" } });
    const story = carried(first, { counts }).until(60);
    expect(summary(story.rollout)?.status).toBe("paused");
    expect(story.of("rollout-paused")).toMatchObject([{ why: "it could not be measured for 15 minutes" }]);
  });

  test("are none of a candidate that no traffic is to reach yet", () => {
    const test = { type: "blue-green", testMinutes: 40, watchMinutes: 1 };
    const story = carried(started([], { strategy: test }), { counts: () => null }).until(45);
    expect(story.of("step-passed")).toMatchObject([{ step: 0 }]);
  });
});
