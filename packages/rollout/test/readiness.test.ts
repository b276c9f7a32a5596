import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Forwarding, largestGroup, type Prospect, readinessProblems, Strategy } from "../src/index.ts";
import { named } from "./builders.ts";

const group = (name: string) => ({ ...named("tg", name), services: [], targets: ["HEALTHY"] as const });
const v1 = group("inventory-v1");
const v2 = group("inventory-v2");

/** An action of its own listener, with these weights of v1 and v2. */
const action = (one: number, two: number, listener = "listener-1"): Forwarding => ({
  place: { type: "default-action", listener },
  groups: [
    { id: v1.id, weight: one },
    { id: v2.id, weight: two },
  ],
});

const problems = (change: Partial<Prospect>) =>
  readinessProblems({
    service: named("svc", "inventory"),
    candidate: v2,
    stable: v1,
    actions: [action(100, 0)],
    strategy: Strategy.parse({ type: "canary", steps: [{ weight: 10, bakeMinutes: 5 }] }),
    ...change,
  });

describe("the group with the largest weight", () => {
  test("is the candidate where that is live already", () => {
    expect(largestGroup([action(0, 100)])).toBe(v2.id);
  });

  test("is counted over all actions, and is none where nothing is forwarded", () => {
    expect(largestGroup([action(60, 40), action(0, 100, "listener-2")])).toBe(v2.id);
    expect(largestGroup([])).toBeUndefined();
  });
});

describe("a rollout", () => {
  test("from the group in use to an idle one can run", () => {
    expect(problems({})).toEqual([]);
  });

  test("to the group that serves everything cannot", () => {
    expect(problems({ stable: v2, actions: [action(0, 100)] })).toEqual([
      "candidate inventory-v2 already serves all of inventory; name the group of the new version",
    ]);
  });

  test("to the group that serves most, which is the stable one if none is named, cannot", () => {
    expect(problems({ stable: v2, actions: [action(40, 60)] })).toEqual([
      "candidate inventory-v2 is the stable group already; name the group of the new version, or another stable one",
    ]);
  });

  test("from a group that is named but idle cannot", () => {
    expect(problems({ actions: [action(0, 100)] })).toEqual([
      "stable inventory-v1 gets no traffic from service inventory; name the group in use",
    ]);
  });

  test("never begins from a group without weight, whatever the actions", () => {
    const weight = fc.constantFrom(0, 1, 50, 100);
    fc.assert(
      fc.property(fc.array(fc.tuple(weight, weight), { maxLength: 4 }), (weights) => {
        const actions = weights.map(([one, two], k) => action(one, two, `listener-${k}`));
        const idle = weights.every(([one]) => one === 0);
        expect(problems({ actions }).some((problem) => problem.includes("gets no traffic"))).toBe(idle);
      }),
    );
  });
});
