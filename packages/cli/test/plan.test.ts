import { RolloutRequest } from "@espalier/rollout";
import { describe, expect, test } from "vitest";
import { planRollout } from "../src/plan/plan-rollout.ts";
import { canary } from "./lived.ts";

const AT = "2026-03-01T12:00:20.000Z";
const planned = (strategy: object, more: object = {}) =>
  planRollout(RolloutRequest.parse({ ...canary, strategy, ...more }), AT, 600);
const told = (strategy: object, more: object = {}) =>
  planned(strategy, more).milestones.map(({ at, what }) => `${at.slice(11, 16)} ${what}`);

describe("the plan of a rollout", () => {
  test("tells its steps and when they are entered", () => {
    const { strategy } = canary;
    expect(told(strategy)).toEqual([
      "12:00 admitted: the service is locked, its actions are written down",
      "12:00 10% to the candidate",
      expect.stringMatching(/^12:0[3-5] 50% to the candidate$/),
      expect.stringMatching(/^12:(0[6-9]|10) promoted: 100% to the candidate$/),
      expect.stringMatching(/^12:(0[6-9]|10) ended: promoted; /),
    ]);
  });

  test("tells an approval, and until when it is awaited at most", () => {
    const steps = [{ weight: 10, approval: { withinMinutes: 60, otherwise: "go-on" } }];
    expect(told({ type: "canary", steps })).toContainEqual(
      expect.stringMatching(/^12:\d\d an approval is awaited, for 1 h 00 min at most, then: go-on$/),
    );
  });

  test("tells who is sent to the candidate before any weight moves", () => {
    const match = { header: { name: "x-canary", exact: "yes" } };
    expect(told({ type: "header", match, bakeMinutes: 1 })[1]).toBe(
      "12:00 requests whose x-canary is yes go to the candidate",
    );
    const steps = [{ weight: 10, match, bakeMinutes: 1 }];
    expect(told({ type: "canary", steps })[1]).toBe(
      "12:00 10% to the candidate, and all requests whose x-canary is yes",
    );
  });

  test("asks a hook through a state of the workflow's", () => {
    const hooks = [{ at: "start", url: "https://gate.example/go" }];
    const [asked, plain] = [planned(canary.strategy, { hooks }), planned(canary.strategy)];
    expect(asked.milestones[1]?.what).toBe("the hook https://gate.example/go is asked (start)");
    expect(asked.usage.invocations).toBeGreaterThan(plain.usage.invocations);
  });

  test("waits for a window to open", () => {
    const windows = [{ opens: "0 14 * * *", minutes: 60 }];
    const lines = told({ type: "canary", steps: [{ weight: 10, bakeMinutes: 1 }] }, { windows });
    expect(lines.find((line) => line.endsWith(" 10% to the candidate"))).toMatch(/^14:0[01] /);
  });

  test("counts a turn of the workflow for each quarter of an hour that it waits for one", () => {
    const opening = (opens: string) =>
      planned({ type: "canary", steps: [{ weight: 10 }] }, { windows: [{ opens, minutes: 60 }] }).usage;
    const [soon, late] = [opening("0 14 * * *"), opening("0 20 * * *")];
    expect(late.transitions - soon.transitions).toBe(6 * 4 * 4);
    expect(late.invocations - soon.invocations).toBe(6 * 4 * 2);
  });

  test("tells a shift without way back, and one that goes back", () => {
    expect(told({ type: "shift", to: 20 }).at(-1)).toMatch(/^12:0\d ended: shifted; /);
    expect(told({ type: "shift", to: 20, backAfterMinutes: 60 }).at(-1)).toMatch(
      /^13:0\d ended: shifted back; /,
    );
  });

  test("grows by the look, a minute each, and by nothing else", () => {
    const baking = (bakeMinutes: number) =>
      planned({ type: "canary", steps: [{ weight: 10, bakeMinutes }] }).usage;
    const [short, long, longer] = [baking(10), baking(110), baking(210)];
    expect(longer.transitions - long.transitions).toBe(long.transitions - short.transitions);
    expect(longer.invocations - long.invocations).toBe(long.invocations - short.invocations);
    expect((long.transitions - short.transitions) / 100).toBe(4);
  });

  test("asks CloudWatch for the zones of both groups at each look, and for alarms where some are named", () => {
    const { usage } = planned(canary.strategy);
    const watched = planned(canary.strategy, { alarms: ["late", "failing"] }).usage;
    expect(usage.requests % 2).toBe(0);
    expect(watched.requests).toBe((usage.requests / 2) * 3 + 2);
  });

  test("has a price for everything that it takes", () => {
    const { cost, dollars, usage } = planned(canary.strategy);
    expect(cost.map(({ service, units }) => [service, units])).toEqual([
      ["Step Functions", usage.transitions],
      ["Lambda", usage.invocations],
      ["CloudWatch", usage.metrics],
      ["CloudWatch", usage.requests],
      ["EventBridge", usage.events],
      ["DynamoDB", usage.writes],
      ["DynamoDB", usage.reads],
    ]);
    for (const line of cost) expect(line.dollars).toBeGreaterThan(0);
    expect(dollars).toBeCloseTo(
      cost.reduce((sum, line) => sum + line.dollars, 0),
      9,
    );
    expect(cost[0]?.dollars).toBeCloseTo((usage.transitions * 25) / 1_000_000, 9);
  });
});
