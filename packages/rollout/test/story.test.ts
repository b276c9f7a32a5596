import { describe, expect, test } from "vitest";
import { decide, look, nextStep, RolloutEvent, settle, summary } from "../src/index.ts";
import {
  admitted,
  after,
  command,
  driven,
  firstMinute,
  heard,
  history,
  reading,
  started,
} from "./builders.ts";

/** A rollout whose first shift, to 10%, has just been made. */
function begun(steps: { weight: number; bakeMinutes: number }[]) {
  const story = driven(started(steps));
  story.add((rollout) => look(rollout, { readings: history() }, after(0)));
  story.add((rollout) => heard(rollout, { type: "shifted", weight: 10 }, after(0)));
  return story;
}

/** Drives a rollout of one step minute by minute, with the same counts in each, until it has somewhere to go. */
function bake(counts: readonly [number, number, number, number], minutes = 20) {
  const story = begun([{ weight: 10, bakeMinutes: 5 }]);
  for (
    let minute = 1;
    minute <= minutes && nextStep(story.rollout, after(minute)).type === "wait";
    minute += 1
  ) {
    const readings = Array.from({ length: minute }, (_, k) => reading(firstMinute + k, counts));
    story.add((rollout) => look(rollout, { readings: readings.slice(0, -1) }, after(minute)));
  }
  return story;
}

const types = (events: readonly RolloutEvent[]) => events.map(({ type }) => type);

describe("a canary", () => {
  test("of a healthy candidate is promoted when its bake is over, and says on what numbers", () => {
    const story = bake([80, 0, 720, 1]);
    expect(nextStep(story.rollout, after(9))).toMatchObject({ type: "shift", weight: 100 });
    story.add((rollout) => heard(rollout, { type: "shifted", weight: 100 }, after(9)));
    expect(nextStep(story.rollout, after(9))).toEqual({ type: "settle" });
    const [promoted] = story.add((rollout) => settle(rollout, [], after(9)));
    expect(promoted).toMatchObject({
      type: "rollout-promoted",
      weight: 100,
      reason: expect.stringMatching(
        /^promoted at 10%: inventory-v3 failed 0\.0% of 400 requests, inventory-v1 0\.1% of 3,600; evidence 0\.\d : 1 against "no worse", 100 : 1 needed \(6 min\)$/,
      ),
    });
  });

  test("of a failing candidate is rolled back as soon as the evidence is there", () => {
    const story = bake([80, 4, 720, 1]);
    expect(nextStep(story.rollout, after(9))).toEqual({ type: "roll-back" });
    const last = story.history.at(-1);
    expect(last?.type === "roll-back-decided" && last.reason).toMatch(
      /^rolled back at 10%: inventory-v3 failed 5\.0% of \d+ requests, inventory-v1 0\.1% of [\d,]+, \d+ times as many \(at least [\d.]+\), since 12:00 UTC; evidence [\d,]+ : 1 against "no worse", 100 : 1 needed \(\d min\)$/,
    );
  });

  test("without traffic is not called a failure, and says that there was none", () => {
    const story = bake([0, 0, 20, 0]);
    expect(nextStep(story.rollout, after(9))).toMatchObject({ type: "shift", weight: 100 });
    expect(admitted(story.rollout).phase).toMatchObject({
      reason: expect.stringMatching(/^promoted at 10%: inventory-v3 served no requests that were counted;/),
    });
  });

  test("without traffic in its last step says so, whatever it served before", () => {
    const story = begun([
      { weight: 10, bakeMinutes: 3 },
      { weight: 50, bakeMinutes: 3 },
    ]);
    const served = (minutes: number) =>
      Array.from({ length: minutes }, (_, k) =>
        reading(firstMinute + k, k < 4 ? [80, 0, 720, 1] : [0, 0, 4, 0]),
      );
    story.add((rollout) => look(rollout, { readings: served(4) }, after(4)));
    story.add((rollout) => heard(rollout, { type: "shifted", weight: 50 }, after(4)));
    story.add((rollout) => look(rollout, { readings: served(8) }, after(8)));
    expect(story.history.at(-1)).toMatchObject({
      type: "promotion-decided",
      reason: expect.stringMatching(
        /^promoted at 50%: inventory-v3 served no requests in the step's 4 minutes; inventory-v3 failed 0\.0% of 320 /,
      ),
    });
  });

  /** Looks at a candidate of which nothing is ever told, beside a stable group with so many requests a minute. */
  function silentBeside(requests: number) {
    const story = begun([{ weight: 10, bakeMinutes: 5 }]);
    for (let minute = 1; minute < 25 && nextStep(story.rollout, after(minute)).type === "wait"; minute += 1) {
      const readings = Array.from({ length: minute }, (_, k) => ({
        ...reading(firstMinute + k, [0, 0, requests, 0]),
        candidate: { requests: null, bad: null },
      }));
      story.add((rollout) => look(rollout, { readings }, after(minute)));
    }
    return story;
  }

  test("of which nothing was ever told beside a quiet stable group had no traffic, and bakes by its time", () => {
    expect(admitted(silentBeside(3).rollout).phase).toMatchObject({
      type: "promoting",
      reason: expect.stringMatching(/^promoted at 10%: inventory-v3 served no requests that were counted;/),
    });
  });

  test("of which nothing was ever told though its share is owed many requests cannot be measured", () => {
    expect(admitted(silentBeside(540).rollout).phase).toMatchObject({
      type: "rolling-back",
      reason: expect.stringMatching(/^rolled back at 10%: it could not be measured for 15 minutes;/),
    });
  });

  test("of a service that nobody ever calls bakes by its time too", () => {
    const story = driven(started([{ weight: 10, bakeMinutes: 5 }]));
    const silent = { requests: null, bad: null };
    story.add((rollout) => look(rollout, {}, after(0)));
    story.add((rollout) => heard(rollout, { type: "shifted", weight: 10 }, after(0)));
    for (let minute = 1; minute < 12; minute += 1) {
      const readings = Array.from({ length: minute }, (_, k) => ({
        ...reading(firstMinute + k, [0, 0, 0, 0]),
        ...{ candidate: silent, stable: silent },
      }));
      story.add((rollout) => look(rollout, { readings }, after(minute)));
    }
    expect(admitted(story.rollout).phase.type).toBe("promoting");
  });

  test("of which nothing is told any more, once it was counted, could not be measured", () => {
    const story = begun([{ weight: 10, bakeMinutes: 60 }]);
    for (let minute = 1; minute < 25; minute += 1) {
      const readings = Array.from({ length: minute }, (_, k) => {
        const counted = reading(firstMinute + k, [9, 0, 90, 0]);
        return k < 3 ? counted : { ...counted, candidate: { requests: null, bad: null } };
      });
      story.add((rollout) => look(rollout, { readings }, after(minute)));
    }
    expect(nextStep(story.rollout, after(25)).type).toBe("roll-back");
  });

  test("that cannot be measured does not pass, and is rolled back when that has lasted", () => {
    const story = begun([{ weight: 10, bakeMinutes: 5 }]);
    for (let minute = 1; minute < 20; minute += 1) {
      story.add((rollout) => look(rollout, {}, after(minute)));
      expect(nextStep(story.rollout, after(minute)).type).toBe("wait");
    }
    story.add((rollout) => look(rollout, {}, after(20)));
    expect(nextStep(story.rollout, after(20))).toEqual({ type: "roll-back" });
    expect(admitted(story.rollout).phase).toMatchObject({
      reason: expect.stringMatching(
        /^rolled back at 10%: it could not be measured for 15 minutes; inventory-v3 served no requests that were counted; .*\(20 min\)$/,
      ),
    });
  });

  test("of which some minutes are missing bakes as many longer", () => {
    const story = begun([{ weight: 10, bakeMinutes: 5 }]);
    const readings = (minutes: number) =>
      Array.from({ length: minutes }, (_, k) => reading(firstMinute + k, [80, 0, 720, 1])).filter(
        (_, k) => k % 2 === 0,
      );
    for (const minute of [5, 6, 7, 8, 9]) {
      story.add((rollout) => look(rollout, { readings: readings(minute) }, after(minute)));
      expect(summary(story.rollout)?.status).toBe("baking");
    }
    story.add((rollout) => look(rollout, { readings: readings(12) }, after(12)));
    expect(summary(story.rollout)?.status).toBe("baking");
    story.add((rollout) => look(rollout, { readings: readings(13) }, after(13)));
    expect(summary(story.rollout)).toMatchObject({
      status: "promoting",
      counts: { candidate: { requests: 400 } },
    });
  });

  test("that was paused without a measurement is measured anew, not rolled back at once", () => {
    const story = begun([{ weight: 10, bakeMinutes: 2 }]);
    story.add((rollout) => decide(rollout, command("pause"), after(0.5)));
    story.add((rollout) => look(rollout, {}, after(60)));
    story.add((rollout) => decide(rollout, command("resume"), after(60)));
    story.add((rollout) => look(rollout, {}, after(61)));
    expect(nextStep(story.rollout, after(61)).type).toBe("wait");
    story.add((rollout) => look(rollout, {}, after(85)));
    expect(nextStep(story.rollout, after(85)).type).toBe("roll-back");
  });

  test("does not count a pause as baking", () => {
    const story = driven(started([{ weight: 10, bakeMinutes: 2 }]));
    const clean = (minutes: number) =>
      Array.from({ length: minutes }, (_, k) => reading(firstMinute + k, [9, 0, 90, 0]));
    story.add((rollout) => look(rollout, {}, after(0)));
    story.add((rollout) => heard(rollout, { type: "shifted", weight: 10 }, after(0)));
    story.add((rollout) => decide(rollout, command("pause"), after(1)));
    story.add((rollout) => look(rollout, { readings: clean(29) }, after(30)));
    expect(summary(story.rollout)).toMatchObject({
      status: "paused",
      counts: { candidate: { requests: 261 } },
    });
    story.add((rollout) => decide(rollout, command("resume"), after(30)));
    story.add((rollout) => look(rollout, { readings: clean(29) }, after(30.9)));
    expect(summary(story.rollout)?.status).toBe("baking");
    story.add((rollout) => look(rollout, { readings: clean(32) }, after(33)));
    expect(summary(story.rollout)?.status).toBe("promoting");
  });

  test("whose weights drifted stops and leaves them", () => {
    const story = driven();
    story.add((rollout) => look(rollout, {}, after(0)));
    story.add((rollout) =>
      heard(rollout, { type: "drifted", found: "listener-1/default has 7/93" }, after(0)),
    );
    expect(nextStep(story.rollout, after(0))).toEqual({ type: "settle" });
    expect(types(story.add((rollout) => settle(rollout, [], after(0))))).toEqual(["rollout-stopped"]);
  });
});

test("a step's answer that is noted twice counts once", () => {
  const story = driven();
  story.add((rollout) => look(rollout, {}, after(0)));
  const outcome = { type: "shifted", weight: 10 } as const;
  expect(story.add((rollout) => heard(rollout, outcome, after(0)))).toHaveLength(1);
  expect(story.add((rollout) => heard(rollout, outcome, after(1)))).toEqual([]);
});

test("a look taken twice leads to nothing the second time", () => {
  const story = bake([80, 0, 720, 1]);
  const [, ...events] = story.history;
  expect(events.length).toBeGreaterThan(5);
  expect(
    story.add((rollout) => look(rollout, { readings: [reading(firstMinute, [80, 80, 720, 0])] }, after(6))),
  ).toEqual([]);
});

test("every event survives the table: it parses as what it is", () => {
  for (const event of bake([80, 4, 720, 1]).history) {
    expect(RolloutEvent.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
  }
});
