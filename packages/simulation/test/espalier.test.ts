import { AdaptiveStrategy, Canary, ShiftTo } from "@espalier/rollout";
import { describe, expect, test } from "vitest";
import { type Asked, type Decider, espalier, simulate, trace } from "../src/index.ts";
import { type ArmCounts, idleArm } from "../src/traffic/minute-counts.ts";
import { finish, minute, world } from "./builders.ts";

const adaptiveAsked = { strategy: AdaptiveStrategy.parse({ type: "adaptive" }), alpha: 0.01 };
const adaptive = espalier(adaptiveAsked);
const steps = {
  strategy: Canary.parse({
    type: "canary",
    steps: [
      { weight: 10, bakeMinutes: 5 },
      { weight: 50, bakeMinutes: 5 },
    ],
  }),
  alpha: 0.01,
};
const canary = espalier(steps);

const counts = (requests: number, errors: number): ArmCounts => ({
  ...idleArm(),
  requests,
  errors,
  slowerThanP90: Math.round(requests * 0.1),
  slowerThanP99: Math.round(requests * 0.01),
});

const calm = Array.from({ length: 240 }, () => counts(1200, 1));

/** Drives the adaptive rule at 1200 requests a minute, metrics a minute late, and answers the share after each tick. */
function shares(
  errorsOf: (requests: number) => number,
  ticks: number,
  came: (minute: number) => boolean = () => true,
) {
  const pilot = adaptive.start(calm);
  const served: number[] = [];
  const seen: number[] = [];
  for (let now = 1; now <= ticks && pilot.standing !== "rolled back"; now += 1) {
    served.push(Math.round(1200 * pilot.share));
    const late = now - 2;
    const candidate = served[late];
    const arrived =
      candidate === undefined || !came(late)
        ? []
        : [minute(late, counts(candidate, errorsOf(candidate)), counts(1200 - candidate, 1))];
    pilot.tick(now, arrived);
    seen.push(Number(pilot.share.toFixed(4)));
  }
  return { seen, pilot };
}

describe("Espalier's adaptive rule", () => {
  test("takes the steps of the published trace when the candidate is healthy", () => {
    const { seen } = shares((requests) => Math.round(0.001 * requests), 16);
    expect([adaptive.start(calm).share.toFixed(4), ...seen]).toEqual([
      "0.0383",
      ...[0.0383, 0.0383, 0.07, 0.12, 0.2, 0.4],
      ...Array(10).fill(0.9),
    ]);
  });

  test("rolls back at the sixth tick of the published trace when it fails 1%", () => {
    const { seen, pilot } = shares((requests) => Math.ceil(0.01 * requests), 20);
    expect(seen).toEqual([...Array(5).fill(0.0383), 0]);
    expect(pilot.standing).toBe("rolled back");
  });

  test("holds minutes back behind one that has not come, until five minutes after its end", () => {
    const { pilot } = shares(
      (requests) => Math.ceil(0.01 * requests),
      5,
      (at) => at !== 0,
    );
    expect([pilot.standing, pilot.note()]).toEqual([
      "running",
      "0 minutes closed, evidence 1 : 1, suspicion 1.0, certificates 0 of 6",
    ]);
    const later = shares(
      (requests) => Math.ceil(0.01 * requests),
      20,
      (at) => at !== 0,
    );
    expect(later.seen).toHaveLength(7);
    expect(later.pilot.standing).toBe("rolled back");
  });
});

describe("Espalier that cannot measure", () => {
  const blind = world({ missingMinutes: 1 });
  const over = (otherwise: "roll-back" | "promote" | "hold", strategy: Asked["strategy"]) => {
    const unreadable = { minutes: 10, otherwise };
    const asked = espalier({ strategy, alpha: 0.01, unreadable });
    return finish(simulate(blind, [asked], { runs: 1, seed: 1 }))[0];
  };

  test.for([adaptiveAsked.strategy, steps.strategy])(
    "ends after as many minutes as the product does: %j",
    (strategy) => {
      // Ten minutes, the last of which is given up as missing five minutes after its end.
      expect(over("roll-back", strategy)).toMatchObject({ rolledBack: 1, minutesToRollback: 15 });
      expect(over("promote", strategy)).toMatchObject({ promoted: 1, minutesToFull: 15 });
      expect(over("hold", strategy)).toMatchObject({ undecided: 1 });
    },
  );

  test("begins to count anew with each share", () => {
    const pilot = espalier({ ...adaptiveAsked, unreadable: { minutes: 3, otherwise: "roll-back" } }).start(
      calm,
    );
    const seen = Array.from({ length: 12 }, (_, now) => {
      const at = minute(now, counts(46, 0), counts(1154, 1));
      pilot.tick(now + 1, now < 3 ? [at] : []);
      return pilot.standing;
    });
    expect(seen.indexOf("rolled back")).toBeGreaterThan(8);
  });
});

describe("Espalier's plan", () => {
  const slow = counts(1200, 1);
  const slower = (past: readonly (ArmCounts | null)[], metrics?: Asked["metrics"]) => {
    const pilot = espalier({ ...adaptiveAsked, metrics }).start(past);
    const worse = { ...counts(120, 0), slowerThanP90: 100, slowerThanP99: 100 };
    for (let now = 1; now <= 6; now += 1) pilot.tick(now, [minute(now - 1, worse, counts(1080, 1))]);
    return pilot.standing;
  };

  test("compares latency beyond a percentile only where a history has one", () => {
    const metrics = [{ name: "slowAtP90" as const, weight: 1, slowerThanMs: 100 }];
    expect([slower(calm), slower([]), slower([null, null]), slower([], metrics)]).toEqual([
      "rolled back",
      "running",
      "running",
      "rolled back",
    ]);
  });

  test("is made on the minutes that the product reads, missing ones and all", () => {
    const share = (past: readonly (ArmCounts | null)[]) => adaptive.start(past).share;
    const busy = Array.from({ length: 300 }, () => counts(4600, 1));
    expect(share([...calm, ...busy])).toBe(share(busy));
    const lost = Array.from({ length: 299 }, () => null);
    expect(share([...busy, slow, ...lost])).toBe(share([slow]));
  });
});

describe("Espalier asked for thresholds of the user's own", () => {
  const slow = world({ candidate: { errorRate: 0.001, latencyScale: 1.5 } });
  const rolledBack = (slowerThanMs: number) => {
    const asked = { ...adaptiveAsked, metrics: [{ name: "slowAtP90" as const, weight: 1, slowerThanMs }] };
    const [score] = finish(simulate(slow, [espalier(asked)], { runs: 40, seed: 1 }));
    return score;
  };

  test("finds what is slower than them, and minds nothing that is not", () => {
    expect(rolledBack(100)?.rolledBack).toBe(1);
    expect(rolledBack(10_000)?.rolledBack).toBe(0);
  });

  test("is given the same traffic as rules that count beyond others, whose scores it does not change", () => {
    const own = espalier({
      ...adaptiveAsked,
      metrics: [{ name: "slowAtP90", weight: 1, slowerThanMs: 100 }],
    });
    const [, beside] = finish(simulate(slow, [own, adaptive], { runs: 20, seed: 1 }));
    const [alone] = finish(simulate(slow, [adaptive], { runs: 20, seed: 1 }));
    expect(beside).toEqual(alone);
  });

  test("counts harm as it is, whatever it counts by", () => {
    expect(rolledBack(10_000)?.exposureMinutes).toBeGreaterThan(20);
  });
});

describe("Espalier asked for steps", () => {
  const scored = (errorRate: number) => {
    const [score] = finish(simulate(world({ candidate: { errorRate } }), [canary], { runs: 100, seed: 1 }));
    if (!score) throw new Error("no score");
    return score;
  };

  test("bakes each and promotes a healthy candidate", () => {
    const score = scored(0.001);
    expect(score).toMatchObject({ undecided: 0, minutesTo90: 12, minutesToFull: 12 });
    expect(score.rolledBack).toBeLessThan(0.03);
  });

  test("is judged by latency too, and by the metrics asked for", () => {
    const slow = world({ candidate: { errorRate: 0.001, latencyScale: 1.5 } });
    const share = (asked: Decider) => finish(simulate(slow, [asked], { runs: 40, seed: 1 }))[0]?.rolledBack;
    expect(share(canary)).toBe(1);
    expect(share(espalier({ ...steps, metrics: [{ name: "errors", weight: 1 }] }))).toBeLessThan(0.1);
  });

  test("is planned on the world's history, whose bursts it allows for", () => {
    const bursty = { stable: { errorRate: 0.01 }, candidate: { errorRate: 0.01 }, noise: { perArmSigma: 1 } };
    const [score] = finish(simulate(world(bursty), [canary], { runs: 100, seed: 1 }));
    expect(score?.rolledBack).toBeLessThanOrEqual(0.03);
    const quick = world({ minutes: 12, candidate: { errorRate: 0.01 } });
    const found = (known: object) =>
      finish(simulate({ ...quick, ...known }, [canary], { runs: 100, seed: 1 }))[0]?.rolledBack ?? 0;
    expect(found({ historyMinutes: 240 })).toBeGreaterThan(found({ historyMinutes: 0 }));
  });

  test("is not rolled back by going back as planned", () => {
    const strategy = ShiftTo.parse({ type: "shift", to: 40, bakeMinutes: 5, backAfterMinutes: 10 });
    const lent = espalier({ strategy, alpha: 0.01 });
    const [score] = finish(simulate(world(), [lent], { runs: 20, seed: 1 }));
    expect(score).toMatchObject({ rolledBack: 0, undecided: 1, exposureMinutes: 0 });
    const minutes: number[] = [];
    trace(world(), lent, 1, ({ share }) => minutes.push(share));
    expect(minutes.filter((share) => share === 0.4)).toHaveLength(10);
    expect(minutes.at(-1)).toBe(0);
  });

  test("rolls a failing one back in the first", () => {
    const score = scored(0.05);
    expect(score).toMatchObject({ rolledBack: 1, minutesToFull: null });
    expect(score.exposureMinutes).toBeLessThan(0.6);
  });
});
