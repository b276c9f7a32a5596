import { type ArmCounts, noCounts } from "@espalier/evidence";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planAdaptive } from "../../src/adaptive/adaptive-plan.ts";
import { AdaptiveStrategy } from "../../src/adaptive/adaptive-strategy.ts";
import { ramp, type Seen } from "../../src/adaptive/ramp.ts";
import { type RampState, startRamp } from "../../src/adaptive/ramp-plan.ts";
import { Metrics } from "../../src/request/metric.ts";

// Of mean 1 and variance 1, as chance would have it.
const BY_CHANCE = [0, 1, 0, 1, 3, 1];
const calm = (requests: number, minute: number) => ({ requests, bad: BY_CHANCE[minute % 6] ?? 0 });
const history = Array.from({ length: 240 }, (_, k) => ({
  errors: calm(1200, k),
  slowAtP90: calm(1200, k),
  slowAtP99: calm(1200, k),
}));

function planned(asked: object = {}) {
  const strategy = AdaptiveStrategy.parse({ type: "adaptive", ...asked });
  return planAdaptive({ strategy, alpha: 0.01 }, history);
}

type Sight = Omit<Seen, "countedMinutes"> & { readonly measured: boolean };

/** What a look sees: the certificates held up to a level, how suspicious it is, whether the minute before it was counted. */
function seen({
  passed = -1,
  suspicion = 1,
  weighed = null as number | null,
  worse = false,
  measured = true,
  counts = noCounts as ArmCounts,
} = {}): Sight {
  const certified = Array.from({ length: 6 }, (_, k) => k <= passed);
  return {
    evidence: 1,
    worse,
    suspicion,
    weighedSuspicion: weighed ?? suspicion,
    doubt: suspicion,
    certified,
    counts,
    measured,
  };
}

/** Looks minute by minute and gives the last step. */
function looks(plan: ReturnType<typeof planned>, minutes: readonly Sight[], from: RampState = startRamp(0)) {
  let step = { state: from, share: plan.ramp.firstShare, decision: "go on" as string };
  let countedMinutes = from.counted;
  for (const { measured, ...one } of minutes) {
    countedMinutes += measured ? 1 : 0;
    step = ramp(plan.ramp, step.state, { ...one, countedMinutes }, step.state.now + 1);
  }
  return step;
}

const times = (count: number, one: Sight) => Array.from({ length: count }, () => one);
const atLastStep = (asked: object = {}) => looks(planned(asked), [seen({ passed: 4 })]).state;

describe("a ramp", () => {
  test("jumps as far as certificates allow", () => {
    expect(looks(planned(), [seen({ passed: 2 })])).toMatchObject({ share: 0.2, decision: "go on" });
  });

  test("takes a step without a certificate after its cap, and not before", () => {
    expect(looks(planned(), times(3, seen())).state.level).toBe(-1);
    expect(looks(planned(), times(4, seen())).share).toBe(0.07);
  });

  test("stays where it is while it is suspicious, and shrinks when it is more so", () => {
    expect(looks(planned(), times(30, seen({ suspicion: 3 }))).state.level).toBe(-1);
    const wide = atLastStep();
    expect(looks(planned(), [seen({ passed: 4, suspicion: 2.5 })], wide).share).toBe(0.09);
    expect(looks(planned(), times(13, seen({ passed: 4, suspicion: 2.5 })), wide).share).toBe(0.3);
  });

  test("leaves the last step for what all metrics say, not for one that is suspicious", () => {
    const at = (suspicion: number, weighed: number) =>
      looks(planned(), [seen({ passed: 4, suspicion, weighed })], atLastStep()).share;
    expect(at(6, 1.7)).toBe(0.9);
    expect(at(6, 1.8)).toBe(0.3);
    expect(at(6, 2.5)).toBe(0.09);
  });

  test("never takes a step, nor promotes, because of time in which nothing was measured", () => {
    expect(looks(planned(), times(200, seen({ measured: false }))).state.level).toBe(-1);
    const wide = looks(planned(), times(200, seen({ passed: 5, measured: false })), atLastStep());
    expect(wide).toMatchObject({ share: 0.9, decision: "go on" });
    expect(looks(planned(), [seen({ passed: 5 })], wide.state).decision).toBe("promote");
  });

  test("promotes after the bake with the last certificate, and after a longer one without it", () => {
    const baked = (count: number, passed: number) =>
      looks(planned({ holdBack: false }), times(count, seen({ passed })), atLastStep());
    expect(baked(9, 5).decision).toBe("go on");
    expect(baked(10, 5)).toMatchObject({ decision: "finish", share: 1 });
    expect(baked(10, 4)).toMatchObject({ decision: "go on", share: 0.9 });
    expect(baked(16, 4)).toMatchObject({ decision: "finish", share: 1 });
  });

  test("rolls back at any point, and stays rolled back", () => {
    const out = looks(planned(), [seen({ worse: true })], atLastStep());
    expect(out).toMatchObject({ decision: "roll back", share: 0 });
    expect(looks(planned(), [seen({ passed: 5 })], out.state).share).toBe(0);
  });

  test("that is looked at again in the same minute is where it was", () => {
    const sight = fc.record({
      passed: fc.integer({ min: -1, max: 5 }),
      suspicion: fc.double({ min: 0, max: 8, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(sight, { minLength: 1, maxLength: 40 }), (sights) => {
        const plan = planned();
        const once = looks(plan, sights.map(seen));
        const { measured: _, ...last } = seen(sights.at(-1));
        const again = ramp(plan.ramp, once.state, { ...last, countedMinutes: sights.length }, once.state.now);
        expect(again.state).toEqual(once.state);
        expect(again.share).toBe(once.share);
      }),
    );
  });

  test("never gives a share below a tenth of a percent, nor above everything", () => {
    const sight = fc.record({
      passed: fc.integer({ min: -1, max: 5 }),
      suspicion: fc.double({ min: 0, max: 8, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(sight, { minLength: 1, maxLength: 120 }), (sights) => {
        const { share } = looks(planned({ budget: 3 }), sights.map(seen));
        expect(share).toBeGreaterThanOrEqual(0.001);
        expect(share).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("a hold-back", () => {
  const held = () => looks(planned(), times(10, seen({ passed: 5 })), atLastStep());

  test("follows a promotion, and leaves 5% on the stable group for an hour", () => {
    expect(held()).toMatchObject({ decision: "promote", share: 0.95 });
    expect(looks(planned(), times(59, seen({ passed: 5 })), held().state)).toMatchObject({ share: 0.95 });
    expect(looks(planned(), times(60, seen({ passed: 5 })), held().state)).toMatchObject({
      decision: "finish",
      share: 1,
    });
  });

  test("widens with a doubt, and takes a strong one to where it is settled soonest", () => {
    expect(looks(planned(), [seen({ suspicion: 2 })], held().state).share).toBe(0.9);
    expect(looks(planned(), [seen({ suspicion: 9 })], held().state).share).toBe(0.3);
    expect(looks(planned(), [seen({ suspicion: 9 }), seen()], held().state).share).toBe(0.95);
  });

  test("does not end in doubt, unless the doubt goes on and on", () => {
    const doubt = seen({ suspicion: 4 });
    expect(looks(planned(), times(80, doubt), held().state).decision).toBe("go on");
    expect(looks(planned(), times(90, doubt), held().state).decision).toBe("finish");
  });

  test("can still roll back, until it is over", () => {
    expect(looks(planned(), [seen({ worse: true })], held().state).decision).toBe("roll back");
    const over = looks(planned(), times(60, seen()), held().state);
    expect(looks(planned(), [seen({ worse: true })], over.state).share).toBe(1);
  });

  test("is as large and as long as asked for", () => {
    const asked = { holdBack: { share: 10, minutes: 5 } };
    const promoted = looks(planned(asked), times(10, seen({ passed: 5 })), atLastStep(asked));
    expect(promoted.share).toBe(0.9);
    expect(looks(planned(asked), times(5, seen()), promoted.state).decision).toBe("finish");
  });
});

describe("a budget of bad requests", () => {
  test("keeps the first share to what a candidate that fails everything may cost", () => {
    const { requestsPerMinute, firstShare } = planned({ budget: 36 }).ramp;
    expect(requestsPerMinute).toBe(1200);
    expect(firstShare * 1200 * 3).toBeCloseTo(36, 9);
  });

  test("lets the share grow as worse candidates are excluded, and no faster", () => {
    const after = (requests: number) =>
      looks(planned({ budget: 36 }), [
        seen({ passed: 4, counts: { candidate: { requests, bad: 0 }, stable: { requests: 5000, bad: 5 } } }),
      ]).share;
    expect(after(0)).toBeCloseTo(0.01, 4);
    expect(after(100)).toBeGreaterThan(0.05);
    expect(after(100)).toBeLessThan(after(1000));
    expect(after(1e6)).toBe(0.9);
  });

  test("is kept on a service without a history too, by the traffic that was counted", () => {
    const strategy = AdaptiveStrategy.parse({ type: "adaptive", budget: 36 });
    const plan = planAdaptive({ strategy, alpha: 0.01 }, []);
    const counts = { candidate: { requests: 20, bad: 0 }, stable: { requests: 1180, bad: 1 } };
    const { share } = looks(plan, [seen({ passed: 4, counts })]);
    expect(share).toBeLessThan(0.1);
  });

  test("that is used up leaves a trickle, and rolls nothing back", () => {
    const counts = { candidate: { requests: 100, bad: 40 }, stable: { requests: 5000, bad: 5 } };
    const step = looks(planned({ budget: 36 }), [seen({ passed: 4, counts })]);
    expect(step).toMatchObject({ share: 0.001, decision: "go on" });
  });
});

describe("a plan", () => {
  test("says that a history is too short, and allows for the bursts that it cannot exclude", () => {
    const strategy = AdaptiveStrategy.parse({ type: "adaptive" });
    for (const [length, said] of [
      [0, /^no history \(240 are enough\)/],
      [100, /^only 100 minutes of history/],
    ] as const) {
      const { notes, comparison, ramp } = planAdaptive({ strategy, alpha: 0.01 }, history.slice(0, length));
      expect(notes[0]).toMatch(said);
      expect(comparison.metrics[0]?.noise?.spread).toBeGreaterThan(0);
      expect(ramp.steps[0]?.cap).toBe(12);
    }
    expect(planned().notes).toEqual([]);
  });

  test("does not take minutes without traffic for calm ones", () => {
    const strategy = AdaptiveStrategy.parse({ type: "adaptive" });
    const idle = { requests: 0, bad: 0 };
    const silent = history.map((minute) =>
      Object.fromEntries(Object.keys(minute).map((name) => [name, idle])),
    );
    expect(planAdaptive({ strategy, alpha: 0.01 }, silent).notes[0]).toMatch(/^no history/);
    const late = planAdaptive({ strategy, alpha: 0.01 }, [...silent, ...history.slice(0, 100)]);
    expect(late.notes[0]).toMatch(/^only 100 minutes of history with traffic/);
    expect(late.ramp.steps[0]?.cap).toBe(12);
  });

  test("is neither slowed down nor scaled by a metric that is a dry run", () => {
    const strategy = AdaptiveStrategy.parse({ type: "adaptive" });
    const query = { namespace: "Shop", metric: "Lost" };
    const baskets = { name: "baskets", weight: 1, dryRun: true, bad: query, total: query };
    const metrics = Metrics.parse([baskets, { name: "errors", weight: 1 }]);
    const bursty = history.map((minute, k) => ({
      ...minute,
      baskets: { requests: 9000, bad: k % 5 === 0 ? 900 : 0 },
    }));
    const { ramp, notes } = planAdaptive({ strategy, alpha: 0.01, metrics }, bursty);
    expect([ramp.steps[0]?.cap, ramp.requestsPerMinute, notes]).toEqual([4, 1200, []]);
  });

  test("begins with about 46 requests a minute, within bounds", () => {
    const strategy = AdaptiveStrategy.parse({ type: "adaptive", largestFirstShare: 5 });
    const first = (requests: number) =>
      planAdaptive(
        { strategy, alpha: 0.01 },
        Array.from({ length: 240 }, (_, k) => ({ errors: calm(requests, k) })),
      ).ramp.firstShare;
    expect(first(1200)).toBeCloseTo(46 / 1200, 12);
    expect(first(60)).toBe(0.05);
    expect(first(60_000)).toBe(0.01);
  });

  test.for([
    [{ shares: [50, 20] }, "the shares are percentages that grow from each to the next"],
    [{ holdBack: { share: 80 } }, "the share held back is a percentage above 0 and at most 45"],
    [{ budget: 0 }, "a budget is a number of bad requests above 0"],
  ] as const)("refuses %j", ([asked, sentence]) => {
    const { error } = AdaptiveStrategy.safeParse({ type: "adaptive", ...asked });
    expect(JSON.stringify(error?.issues)).toContain(sentence);
  });
});
