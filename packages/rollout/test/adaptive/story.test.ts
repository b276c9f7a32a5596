import { minuteAt } from "@espalier/evidence";
import { describe, expect, test } from "vitest";
import {
  decide,
  firstUnread,
  look,
  nextStep,
  ownWeightsAt,
  RolloutEvent,
  replay,
  settle,
  summary,
  toMillis,
  Weight,
} from "../../src/index.ts";
import { admitted, after, command, driven, firstMinute, heard, reading, started } from "../builders.ts";

const REQUESTS = 1200;
// Of mean 1 and variance 1, as chance would have it.
const BY_CHANCE = [0, 1, 0, 1, 3, 1];

interface Driving {
  /** Of the strategy, and of the request beside it. */
  readonly asked?: object;
  readonly request?: object;
  readonly minutes?: number;
  readonly history?: number;
}

/** An adaptive rollout as its workflow drives it: one look a minute, metrics one minute late. */
function rolledOut(
  badOf: (minute: number, requests: number) => number,
  { asked = {}, request = {}, minutes = 100, history = 240 }: Driving = {},
) {
  const story = driven(started([], { strategy: { type: "adaptive", ...asked }, ...request }));
  const served: ReturnType<typeof reading>[] = Array.from({ length: history }, (_, k) =>
    reading(firstMinute - history + k, [0, 0, REQUESTS, BY_CHANCE[k % 6] ?? 0]),
  );
  const shares: number[] = [];
  const shift = (minute: number) => {
    const next = nextStep(story.rollout, after(minute));
    if (next.type !== "shift") return next.type;
    story.add((rollout) => heard(rollout, { type: "shifted", weight: next.weight }, after(minute)));
    return "wait";
  };
  const go = (minute: number) => {
    const from = firstUnread(admitted(story.rollout));
    const readings = served.filter((one) => one.minute >= from && one.minute < firstMinute + minute - 1);
    story.add((rollout) => look(rollout, { readings }, after(minute)));
    return shift(minute);
  };
  let next = go(0);
  for (let minute = 0; minute < minutes && next === "wait"; minute += 1) {
    const { written } = admitted(story.rollout);
    shares.push(written ?? 0);
    const requests = Math.round((REQUESTS * (written ?? 0)) / 100);
    const rest = REQUESTS - requests;
    served.push(reading(firstMinute + minute, [requests, badOf(minute, requests), rest, rest > 500 ? 1 : 0]));
    next = go(minute + 1);
    if (next === "settle") story.add((rollout) => settle(rollout, [], after(minute + 1)));
  }
  return { ...story, shares, next, go, rollout: story.rollout };
}

const healthy = (minute: number, requests: number) => (minute % 4 === 0 ? Math.round(requests * 0.001) : 0);

describe("an adaptive rollout", () => {
  test("of a healthy candidate climbs, is promoted with a hold-back, and then gets everything", () => {
    const { shares, rollout, history } = rolledOut(healthy);
    expect(shares[0]).toBe(3.8);
    expect(shares.indexOf(90)).toBeGreaterThan(0);
    expect(shares.indexOf(95) - shares.indexOf(90)).toBe(10);
    expect(shares.filter((share) => share >= 90).length).toBeGreaterThan(65);
    expect(summary(rollout)).toMatchObject({ status: "promoted", weight: 100 });
    const held = history.find((event) => event.type === "shift-decided" && event.to === 95);
    expect(held).toMatchObject({
      reason: expect.stringMatching(
        /^good enough at 90%: shifting to 95%, 5% stay on inventory-v1 for 60 min to be compared; inventory-v3 failed 0\.\d% of [\d,]+ requests, inventory-v1 0\.1% of/,
      ),
    });
  });

  test("of a failing candidate never grows, and is rolled back with its numbers", () => {
    const { shares, next, rollout, history } = rolledOut((_, requests) => Math.ceil(requests * 0.05));
    expect(next).toBe("roll-back");
    expect(new Set(shares)).toEqual(new Set([3.8]));
    expect(history.at(-1)).toMatchObject({
      type: "roll-back-decided",
      reason: expect.stringMatching(
        /^rolled back at 3\.8%: inventory-v3 failed 6\.5% of \d+ requests, inventory-v1 0\.1% of [\d,]+, \d+ times as many \(at least [\d.]+\), since 12:00 UTC; evidence [\d,]+ : 1 against "no worse", 100 : 1 needed \(\d min\)$/,
      ),
    });
    expect(summary(rollout)?.evidence).toBeGreaterThan(100);
  });

  test("that turns bad during the hold-back is rolled back from there", () => {
    const late = (minute: number, requests: number) =>
      minute < 40 ? healthy(minute, requests) : Math.round(requests * 0.03);
    const { shares, next } = rolledOut(late);
    expect(shares[39]).toBe(95);
    expect(next).toBe("roll-back");
    expect(shares.length).toBeLessThan(47);
  });

  test("without a history says so, and goes more slowly", () => {
    const { history, shares } = rolledOut(healthy, { history: 0 });
    expect(history[1]).toMatchObject({
      type: "rollout-planned",
      reason: expect.stringContaining("no history (240 are enough)"),
    });
    expect(shares[0]).toBe(1);
    expect(shares.indexOf(95)).toBeGreaterThan(rolledOut(healthy).shares.indexOf(95));
  });

  test("is promoted to everything at once where no hold-back is wanted", () => {
    const { shares, rollout } = rolledOut(healthy, { asked: { holdBack: false } });
    expect(shares).not.toContain(95);
    expect(summary(rollout)?.status).toBe("promoted");
  });

  test("does not climb while it is paused, nor because it was", () => {
    const story = rolledOut(healthy, { minutes: 2 });
    const weight = () => admitted(story.rollout).written;
    story.add((rollout) => decide(rollout, command("pause"), after(2)));
    expect(story.go(50)).toBe("wait");
    story.add((rollout) => decide(rollout, command("resume"), after(50)));
    expect(story.history.at(-1)?.type).toBe("rollout-resumed");
    const ramp = admitted(replay(story.history)).judging?.ramp?.state;
    expect(ramp?.now).toBe(minuteAt(toMillis(after(50))));
    expect(ramp?.level).toBe(-1);
    expect(weight()).toBe(3.8);
  });

  test("has a history that, stored and read again, replays to the live state", () => {
    const { history, rollout } = rolledOut(healthy);
    const stored = history.map((event) => RolloutEvent.parse(JSON.parse(JSON.stringify(event))));
    expect(stored).toEqual(history);
    expect(replay(stored)).toEqual(rollout);
  });
});

test("a share in tenths of a percent reaches Lattice as whole numbers that keep it", () => {
  const [recorded] = started().actions;
  if (recorded === undefined) throw new Error("the builder has no action");
  const pair = { candidate: "tg-candidate", stable: started().stable.id };
  expect(ownWeightsAt(recorded, pair, Weight.parse(4.3))).toEqual({ candidate: 43, stable: 957 });
  expect(ownWeightsAt(recorded, pair, Weight.parse(0.1))).toEqual({ candidate: 1, stable: 999 });
  expect(ownWeightsAt(recorded, pair, Weight.parse(12))).toEqual({ candidate: 12, stable: 88 });
  for (let tenths = 0; tenths <= 1000; tenths += 1) {
    const { candidate, stable } = ownWeightsAt(recorded, pair, Weight.parse(tenths / 10));
    expect((100 * candidate) / (candidate + stable)).toBeCloseTo(tenths / 10, 9);
    expect(Math.max(candidate, stable)).toBeLessThanOrEqual(999);
  }
});
