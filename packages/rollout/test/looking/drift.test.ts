import { describe, expect, test } from "vitest";
import { adoptedActions, type Forwarding, planShift, summary, Weight } from "../../src/index.ts";
import { admitted, started } from "../builders.ts";
import { carried } from "../workflow.ts";

const steps = [
  { weight: 10, bakeMinutes: 2 },
  { weight: 50, bakeMinutes: 2 },
];
const { stable, candidate } = started();
const pair = { stable: stable.id, candidate: candidate.id };
const [recorded] = started().actions;
if (recorded === undefined) throw new Error("the builder has no action");
const { place } = recorded;

const action = (one: number, other: number, at: Forwarding["place"] = place): Forwarding => ({
  place: at,
  groups: [
    { id: stable.id, weight: one },
    { id: candidate.id, weight: other },
  ],
});
const rule = { type: "rule", listener: "listener-1", rule: "rule-9" } as const;

/** A rollout whose shift to 50% finds what somebody else has written. */
function found(onDrift: string, actions: readonly Forwarding[], always = false) {
  let once = true;
  const drift = ({ weight }: { weight: number }) => {
    if (weight !== 50 || !once) return undefined;
    once = always;
    return actions;
  };
  return carried(started(steps, { onDrift }), { drift });
}

describe("weights that somebody else wrote", () => {
  test("stop a rollout that is to be aborted then, and are left", () => {
    const story = found("abort", [action(70, 30)]).until(30);
    expect(summary(story.rollout)).toMatchObject({
      status: "stopped",
      weight: 10,
      reason: expect.stringMatching(
        /^stopped at 10%: the weights drifted, somebody wrote; they are left as found/,
      ),
    });
    expect(story.types()).not.toContain("weights-restored");
  });

  test("are taken over by one that is to adopt them, said once, and shifted from there", () => {
    const story = found("adopt", [action(70, 30)]).until(30);
    expect(story.of("drift-adopted")).toHaveLength(1);
    expect(admitted(story.rollout)).toMatchObject({ phase: { ending: "promoted" }, actions: [recorded] });
  });

  test("are written over by one that is to restore its own, which says so", () => {
    const story = found("restore", [action(70, 30)]).until(30);
    expect(story.of("drift-overruled")).toMatchObject([
      { reason: expect.stringContaining("are written over") },
    ]);
    expect(summary(story.rollout)?.status).toBe("promoted");
  });

  test("again and again end it: whoever writes them will not stop", () => {
    const baking = [{ weight: 10, bakeMinutes: 600 }];
    const first = started(baking, { onDrift: "restore" });
    const overruled = carried(first, { counts: () => [300, 0, 700, 0] }).until(60);
    expect(overruled.of("drift-overruled")).toHaveLength(3);
    expect(summary(overruled.rollout)).toMatchObject({
      status: "stopped",
      reason: expect.stringContaining("after they were written over 3 times"),
    });
  });

  test("where nothing is left to shift end the rollout whatever was asked", () => {
    const story = found("adopt", []).until(30);
    expect(summary(story.rollout)).toMatchObject({
      status: "stopped",
      reason: expect.stringContaining("nothing is left to shift"),
    });
  });

  test("in a new rule are adopted: the rule is shifted with the others, and restored as if nothing had been", () => {
    const actions = [action(90, 10), action(95, 5, rule)];
    const story = found("adopt", actions).until(6);
    const back = { place: rule, groups: [{ id: stable.id, weight: 100 }] };
    expect(admitted(story.rollout).actions).toEqual([recorded, back]);
  });
});

describe("a shift", () => {
  const to = Weight.parse(50);
  const from = Weight.parse(10);

  test("finds a new place that sends the stable group traffic, and none that does not", () => {
    const shift = { pair, from, to };
    const other = { place: rule, groups: [{ id: "tg-other", weight: 100 }] };
    expect(planShift([recorded], [action(90, 10), other], shift).type).toBe("write");
    expect(planShift([recorded], [action(90, 10), action(100, 0, rule)], shift)).toEqual({
      type: "drift",
      found: "listener-1/rule-9 is new and forwards to the stable group",
    });
  });

  test("takes weights that were adopted for its own, and writes over all where it overrules", () => {
    const current = [action(70, 30)];
    const adopted = adoptedActions([recorded], current, pair).found;
    expect(planShift([recorded], current, { pair, from, to }).type).toBe("drift");
    const wanted = { type: "write", actions: [action(50, 50)] };
    expect(planShift([recorded], current, { pair, from, to, adopted })).toEqual(wanted);
    expect(planShift([recorded], current, { pair, from, to, overrule: true })).toEqual(wanted);
  });
});
