import { describe, expect, test } from "vitest";
import {
  decide,
  look,
  nextLook,
  nextStep,
  type Rollout,
  RolloutStarted,
  replay,
  settle,
  undoOf,
} from "../src/index.ts";
import { verdictOf } from "../src/reasons.ts";
import {
  admitted,
  after,
  afterEvents,
  command,
  driven,
  firstMinute,
  heard,
  history,
  reading,
  started,
} from "./builders.ts";

/** A rollout that was promoted by a command. */
function promoted(): Rollout {
  const story = driven();
  story.add((now) => decide(now, command("promote"), after(0.5)));
  story.add((now) => heard(now, { type: "shifted", weight: 100 }, after(1)));
  story.add((now) => settle(now, [], after(1)));
  return story.rollout;
}

/** The undo of it, as Admit begins it. */
function undoing(): Rollout {
  const undo = undoOf(promoted(), after(2));
  if (undo.type === "refused") throw new Error(undo.reason);
  const first = started();
  const { candidate: stable, stable: candidate } = first;
  return replay([
    RolloutStarted.parse({
      ...{ ...first, at: after(2), request: undo.request, candidate, stable, undoes: first.id },
      actions: [{ place: first.actions[0]?.place, groups: [{ id: stable.id, weight: 100 }] }],
    }),
  ]);
}

describe("an undo", () => {
  test("of which no metrics can be read waits for a minute, and then switches", () => {
    const unreadable = { unreadable: "Throttled" };
    const rollout = undoing();
    const blind = afterEvents(rollout, look(rollout, unreadable, after(2)));
    expect(nextStep(blind, after(2))).toEqual({ type: "wait", until: nextLook(after(2)) });
    const later = afterEvents(blind, look(blind, unreadable, after(3)));
    expect(nextStep(later, after(3))).toMatchObject({ type: "shift", weight: 100 });
  });

  test("switches although everything is frozen, and no metrics can be read", () => {
    const seen = { unreadable: "Throttled", frozen: { since: after(0) } };
    const rollout = undoing();
    const blind = afterEvents(rollout, look(rollout, seen, after(2)));
    const later = afterEvents(blind, look(blind, seen, after(3)));
    expect(nextStep(later, after(3))).toMatchObject({ type: "shift", weight: 100 });
  });

  test("of a rollout whose id leaves no room for the undo's own is refused, with the way out", () => {
    const named = (length: number) => ({ ...admitted(promoted()), id: "r".repeat(length) });
    expect(undoOf(named(190), after(2))).toMatchObject({ type: "request" });
    expect(undoOf(named(191), after(2))).toMatchObject({
      type: "refused",
      reason: expect.stringMatching(/^an undo is named after it, .*; start a rollout to /),
    });
  });

  test("is not rolled back by evidence to what was called bad: it is told, and decides nothing", () => {
    const planned = afterEvents(undoing(), look(undoing(), { readings: history() }, after(2)));
    const shifted = afterEvents(planned, heard(planned, { type: "shifted", weight: 50 }, after(2)));
    const bad = Array.from({ length: 5 }, (_, k) => reading(firstMinute + 2 + k, [500, 400, 500, 0]));
    const judged = afterEvents(shifted, look(shifted, { readings: bad }, after(8)));
    expect(admitted(judged).watch.counts.candidate).toMatchObject({ requests: 2500, bad: 2000 });
    expect(verdictOf(admitted(judged), false)).toMatchObject({ outcome: "fail" });
    expect(admitted(judged).phase.type).not.toBe("rolling-back");
  });
});
