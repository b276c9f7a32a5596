import { describe, expect, test } from "vitest";
import type { Decider, Standing } from "../src/decider.ts";
import { rules, type Score, simulate, trace, type World } from "../src/index.ts";
import { scoreOf } from "../src/run/scores.ts";
import type { MinuteCounts } from "../src/traffic/minute-counts.ts";
import { finish, world } from "./builders.ts";

/** A rule that follows a script: what it does at each tick, by the tick's number. */
function scripted(
  script: Record<number, { share: number; standing?: Standing }>,
  heard: Heard[] = [],
): Decider {
  return {
    rule: "scripted",
    metrics: "late",
    baseline: "stable",
    start: () => ({
      share: 0.1,
      standing: "running",
      tick(now, arrived) {
        heard.push({ now, minutes: arrived.map(({ minute }) => minute), counts: structuredClone(arrived) });
        Object.assign(this, script[now]);
      },
      note: () => "",
    }),
  };
}

interface Heard {
  readonly now: number;
  readonly minutes: readonly number[];
  readonly counts: readonly MinuteCounts[];
}

const scored = (it: World, decider: Decider, runs = 1, seed = 1): Score => {
  const [score] = finish(simulate(it, [decider], { runs, seed }));
  if (!score) throw new Error("no score");
  return score;
};

const bad = { candidate: { errorRate: 0.101 } };

describe("a run", () => {
  test("counts exposure and harm while the candidate is worse, until it is gone", () => {
    const gone = scored(
      world(bad),
      scripted({ 5: { share: 0.5 }, 8: { share: 0, standing: "rolled back" } }),
    );
    expect(gone).toMatchObject({ rolledBack: 1, promoted: 0, undecided: 0, minutesToRollback: 8 });
    expect(gone.exposureMinutes).toBeCloseTo(5 * 0.1 + 3 * 0.5, 9);
    expect(gone.excessBadRequests).toBeCloseTo(2 * 1200 * 0.1, 6);
    const stays = scored(world(bad), scripted({}));
    expect(stays).toMatchObject({
      undecided: 1,
      minutesTo90: null,
      minutesToFull: null,
      minutesToRollback: null,
    });
    expect(stays.exposureMinutes).toBeCloseTo(6, 9);
  });

  test("counts only the minutes of a fault, and none of a healthy candidate or a slow stable arm", () => {
    const fault = {
      candidate: { errorRate: 0.001, fault: { fromMinute: 20, toMinute: 30, addErrorRate: 0.1 } },
    };
    expect(scored(world(fault), scripted({})).exposureMinutes).toBeCloseTo(1, 9);
    const noise = { sharedSigma: 1, perArmSigma: 1 };
    const healthy = world({ noise, outage: { fromMinute: 3, toMinute: 20, addErrorRate: 0.5 } });
    expect(scored(healthy, scripted({}))).toMatchObject({ exposureMinutes: 0, excessBadRequests: 0 });
    const slow = scored(world({ candidate: { errorRate: 0, slowTail: 0.1 } }), scripted({}));
    expect(slow.exposureMinutes).toBeCloseTo(6, 9);
    expect(slow.excessBadRequests).toBeCloseTo(6 * 1200 * 0.099, 6);
  });

  test("goes on after a promotion that is still watched, and to its end after one that is not", () => {
    const watched = scored(
      world(bad),
      scripted({ 10: { share: 0.95, standing: "holding back" }, 20: { share: 0, standing: "rolled back" } }),
    );
    expect(watched).toMatchObject({
      rolledBack: 1,
      minutesTo90: null,
      minutesToFull: 10,
      minutesToRollback: 20,
    });
    expect(watched.exposureMinutes).toBeCloseTo(1 + 9.5, 9);
    const heard: Heard[] = [];
    const final = scored(world(bad), scripted({ 10: { share: 1, standing: "promoted" } }, heard));
    expect(final).toMatchObject({ promoted: 1, minutesTo90: 10, minutesToFull: 10 });
    expect(final.exposureMinutes).toBeCloseTo(1 + 50, 9);
    expect(heard).toHaveLength(10);
  });

  test("calls 90% reached when it is kept, and promoted what is there at the end", () => {
    const dips = scripted({ 5: { share: 0.9 }, 15: { share: 0.45 }, 20: { share: 0.95 } });
    expect(scored(world(), dips)).toMatchObject({ promoted: 1, minutesTo90: 20, minutesToFull: null });
    const falls = scripted({ 5: { share: 0.9 }, 59: { share: 0.89 } });
    expect(scored(world(), falls)).toMatchObject({ undecided: 1, minutesTo90: null });
    const last = scripted({ 60: { share: 1, standing: "promoted" } });
    expect(scored(world(), last)).toMatchObject({ promoted: 1, minutesTo90: 60, minutesToFull: 60 });
  });

  test("brings each minute as late as the world says, and the missing ones never", () => {
    const heard: Heard[] = [];
    scored(world({ minutes: 6, metricLagMinutes: 2 }), scripted({}, heard));
    expect(heard.map(({ now, minutes }) => [now, ...minutes])).toEqual([
      [1],
      [2],
      [3, 0],
      [4, 1],
      [5, 2],
      [6, 3],
    ]);
    const prompt: Heard[] = [];
    scored(world({ minutes: 3 }), { ...scripted({}, prompt), metrics: "prompt" });
    expect(prompt.map(({ minutes }) => minutes)).toEqual([[0], [1], [2]]);
    const never: Heard[] = [];
    scored(world({ missingMinutes: 1 }), scripted({}, never));
    expect(never.flatMap(({ minutes }) => minutes)).toEqual([]);
    const some: Heard[] = [];
    scored(world({ missingMinutes: 0.3, minutes: 1000 }), scripted({}, some));
    expect(Math.abs(some.flatMap(({ minutes }) => minutes).length - 700)).toBeLessThan(60);
  });

  test("serves each arm its share of the traffic, and a baseline its own", () => {
    const requests = (baseline: Decider["baseline"]) => {
      const heard: Heard[] = [];
      scored(world({ minutes: 1000, metricLagMinutes: 0 }), { ...scripted({}, heard), baseline });
      const sum = (of: (counts: MinuteCounts) => number) =>
        heard.reduce((total, { counts: [one] }) => total + (one ? of(one) : 0), 0) / heard.length;
      return [sum(({ candidate }) => candidate.requests), sum(({ stable }) => stable.requests)].map(
        Math.round,
      );
    };
    const near = (found: readonly number[], wanted: readonly number[]) => {
      for (const [k, value] of found.entries())
        expect(Math.abs(value - (wanted[k] ?? 0))).toBeLessThanOrEqual(5);
    };
    near(requests("stable"), [120, 1080]);
    near(requests(0.1), [120, 120]);
    near(requests("none"), [120, 0]);
  });
});

describe("a score", () => {
  const outcome = {
    ending: "promoted",
    minutesTo90: 8,
    minutesToFull: 18,
    minutesToRollback: null,
    exposureMinutes: 1,
    excessBadRequests: 10,
  } as const;

  test("has shares and means of all runs, medians of those in which it happened", () => {
    const rolledBack = {
      ...outcome,
      ending: "rolled back",
      minutesTo90: null,
      minutesToRollback: 5,
    } as const;
    const undecided = { ...outcome, ending: "undecided", minutesTo90: null, minutesToFull: null } as const;
    const outcomes = [outcome, { ...outcome, minutesTo90: 9, exposureMinutes: 5 }, rolledBack, undecided];
    expect(scoreOf("r", outcomes)).toEqual({
      rule: "r",
      runs: 4,
      rolledBack: 0.25,
      promoted: 0.5,
      undecided: 0.25,
      minutesTo90: 8.5,
      minutesToFull: 18,
      minutesToRollback: 5,
      exposureMinutes: 2,
      excessBadRequests: 10,
    });
  });

  test("has null where nothing of the kind happened", () => {
    expect(scoreOf("r", [outcome])).toMatchObject({ minutesToRollback: null, minutesTo90: 8 });
  });
});

describe("a seed", () => {
  const busy = world({
    minutes: 40,
    diurnal: { amplitude: 0.5, periodMinutes: 30 },
    stable: { errorRate: 0.01 },
    candidate: {
      errorRate: 0.012,
      slowTail: 0.002,
      leak: { fromMinute: 5, toMinute: 30, addErrorRate: 0.02 },
    },
    noise: { sharedSigma: 0.4, perArmSigma: 0.3, perArmCorrelation: 0.5 },
    missingMinutes: 0.1,
  });

  /** All counts of a run, added up. */
  const served = (seed: number) => {
    const heard: Heard[] = [];
    scored(busy, scripted({}, heard), 1, seed);
    return heard
      .flatMap(({ counts }) => counts)
      .reduce(
        (sum, { candidate, stable }) =>
          sum.map((value, k) => value + ([...Object.values(candidate), ...Object.values(stable)][k] ?? 0)),
        Array.from({ length: 10 }, () => 0),
      );
  };

  test("gives the same counts on any machine", () => {
    expect(served(1)).toEqual([4712, 94, 468, 58, 4, 41785, 518, 4164, 415, 0]);
    expect(served(2)).not.toEqual(served(1));
  });

  test("gives a rule the same score alone and among others, and a run the same whatever runs came before", () => {
    const peers = [rules.flagger(), rules["argo-tight"](), rules.codedeploy(), rules.kayenta()];
    const together = finish(simulate(busy, peers, { runs: 20, seed: 5 }));
    for (const [k, peer] of peers.entries()) expect(scored(busy, peer, 20, 5)).toEqual(together[k]);
    expect(new Set(together.map(({ exposureMinutes }) => exposureMinutes)).size).toBe(4);
    const first = finish(simulate(busy, [rules.flagger()], { runs: 1, seed: 5 }))[0];
    expect(trace(busy, rules.flagger(), 5, () => undefined)).toMatchObject({
      exposureMinutes: first?.exposureMinutes,
      minutesToRollback: first?.minutesToRollback,
    });
  });
});
