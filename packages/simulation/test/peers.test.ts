import { describe, expect, test } from "vitest";
import { argoDocs } from "../src/peers/argo-docs.ts";
import { argoTight } from "../src/peers/argo-tight.ts";
import { codedeploy } from "../src/peers/codedeploy.ts";
import { flagger } from "../src/peers/flagger.ts";
import { kayenta } from "../src/peers/kayenta.ts";
import { liesHigher, medianDifference } from "../src/peers/mann-whitney.ts";
import { idleArm } from "../src/traffic/minute-counts.ts";
import { arm, minute, sharesOf } from "./builders.ts";

const good = arm(100, 1, 1);
const bad = arm(100, 2);
const slow = arm(100, 0, 2);
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe("Flagger", () => {
  test("goes up by 10% a minute to 50%, then to all", () => {
    const { shares, pilot } = sharesOf(flagger, times(9, good));
    expect(shares).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 1]);
    expect(pilot.standing).toBe("promoted");
  });

  test("holds on a failed check: errors, slowness, no requests, no values", () => {
    const { shares } = sharesOf(flagger, [bad, good, slow, idleArm(), undefined, good]);
    expect(shares).toEqual([0.1, 0.1, 0.2, 0.2, 0.2, 0.2, 0.3]);
  });

  test("rolls back at the check after the fifth failure, with good ones between or not", () => {
    expect(sharesOf(flagger, times(9, bad)).shares).toEqual([...times(6, 0.1), 0]);
    const { shares, pilot } = sharesOf(flagger, [bad, good, bad, good, bad, bad, bad, good]);
    expect(shares).toEqual([0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.3, 0.3, 0]);
    expect(pilot.standing).toBe("rolled back");
  });
});

describe("Argo Rollouts as documented", () => {
  test("goes up by 20% every 10 minutes and is complete after 40", () => {
    const { shares } = sharesOf(argoDocs, times(60, good));
    expect(shares).toEqual([...times(10, 0.2), ...times(10, 0.4), ...times(10, 0.6), ...times(10, 0.8), 1]);
  });

  test("measures five minutes together, so one bad minute is forgiven", () => {
    const bursts = times(60, good).map((counts, k) => (k % 5 === 2 ? arm(100, 21) : counts));
    expect(sharesOf(argoDocs, bursts).pilot.standing).toBe("promoted");
    const worse = times(60, good).map((counts, k) => (k % 5 === 2 ? arm(100, 22) : counts));
    expect(sharesOf(argoDocs, worse).shares).toHaveLength(21);
  });

  test("aborts at the fourth failed measurement, and takes none from silence", () => {
    const { shares, pilot } = sharesOf(argoDocs, times(60, arm(100, 6)));
    expect([shares.length, shares.at(-1), pilot.standing]).toEqual([21, 0, "rolled back"]);
    expect(sharesOf(argoDocs, times(60, undefined)).pilot.standing).toBe("promoted");
  });
});

describe("Argo Rollouts set tight", () => {
  test("goes up by 20% every 2 minutes and is complete after 10", () => {
    const { shares, pilot } = sharesOf(argoTight, times(60, good));
    expect(shares).toEqual([0.2, 0.2, 0.4, 0.4, 0.6, 0.6, 0.8, 0.8, 1, 1, 1]);
    expect(pilot.standing).toBe("promoted");
  });

  test.for([
    ["errors", bad],
    ["slowness", slow],
    ["silence", undefined],
    ["idleness", idleArm()],
  ] as const)("aborts at the fourth minute of %s", ([, counts]) => {
    expect(sharesOf(argoTight, times(60, counts)).shares).toEqual([0.2, 0.2, 0.4, 0.4, 0]);
    expect(sharesOf(argoTight, [counts, good, counts, good, counts, ...times(9, good)]).pilot.standing).toBe(
      "promoted",
    );
  });
});

describe("CodeDeploy with an alarm", () => {
  test("shifts all after 5 minutes and watches for 5 more", () => {
    const { shares, pilot } = sharesOf(codedeploy, times(60, good));
    expect(shares).toEqual([...times(5, 0.1), ...times(6, 1)]);
    expect(pilot.standing).toBe("promoted");
  });

  test("rolls back when two of three minutes breach", () => {
    expect(sharesOf(codedeploy, [good, bad, slow]).shares).toEqual([0.1, 0.1, 0.1, 0]);
    expect(sharesOf(codedeploy, [bad, good, bad]).shares).toEqual([0.1, 0.1, 0.1, 0]);
    expect(sharesOf(codedeploy, [bad, good, good, bad, good, good, bad]).pilot.standing).toBe("holding back");
    expect(sharesOf(codedeploy, [bad, undefined, undefined, bad]).pilot.standing).toBe("running");
    expect(sharesOf(codedeploy, [...times(8, good), bad, bad]).pilot.standing).toBe("rolled back");
  });
});

describe("Kayenta", () => {
  const fed = (candidate: (k: number) => number, minutes: number) => {
    const pilot = kayenta.start([]);
    for (let k = 0; k < minutes && pilot.standing === "running"; k += 1) {
      pilot.tick(k + 1, [minute(k, arm(100, candidate(k)), arm(100, k % 3))]);
    }
    return pilot;
  };

  test("stays at 10% for an hour and promotes what looks alike", () => {
    expect(fed((k) => (k + 1) % 3, 59).share).toBe(0.1);
    expect(fed((k) => (k + 1) % 3, 60)).toMatchObject({ share: 1, standing: "promoted" });
  });

  test("fails a metric that lies clearly higher, at half time", () => {
    expect(fed((k) => 3 + (k % 3), 29).standing).toBe("running");
    expect(fed((k) => 3 + (k % 3), 30)).toMatchObject({ share: 0, standing: "rolled back" });
  });

  test("finds at the end what began late", () => {
    expect(fed((k) => (k < 25 ? k % 3 : 4), 59).standing).toBe("running");
    expect(fed((k) => (k < 25 ? k % 3 : 4), 60).standing).toBe("rolled back");
  });
});

describe("the Mann-Whitney test", () => {
  const settings = { critical: 2.3263478740408408, tolerance: 0.25 };

  test("estimates the shift by the median of all differences", () => {
    const all = (first: number[], second: number[]) =>
      first.flatMap((a) => second.map((b) => a - b)).sort((a, b) => a - b);
    const [first, second] = [
      [1, 4, 4.5, 9, 12],
      [0.5, 2, 7],
    ];
    expect(medianDifference(Float64Array.from(first), Float64Array.from(second))).toBe(all(first, second)[7]);
    expect(medianDifference(Float64Array.of(1, 1, 1), Float64Array.of(1, 1))).toBe(0);
  });

  test("asks for a lower bound beyond a quarter of the shift", () => {
    const base = Array.from({ length: 30 }, (_, k) => k / 10);
    const moved = (by: number) => Float64Array.from(base, (value) => value + by);
    expect(liesHigher(moved(1), moved(0), settings)).toBe(true);
    expect(liesHigher(moved(0.3), moved(0), settings)).toBe(false);
    expect(liesHigher(moved(0), moved(1), settings)).toBe(false);
    expect(liesHigher(Float64Array.of(5, 6), Float64Array.of(1, 2), settings)).toBe(false);
    expect(liesHigher(new Float64Array(0), moved(0), settings)).toBe(false);
  });
});
