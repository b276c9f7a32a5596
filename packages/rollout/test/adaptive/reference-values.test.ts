import { type ComparedMinute, findings, Minute } from "@espalier/evidence";
import { expect, test } from "vitest";
import { planAdaptive } from "../../src/adaptive/adaptive-plan.ts";
import { adapt, compare, startJudging } from "../../src/adaptive/adaptive-progress.ts";
import { AdaptiveStrategy } from "../../src/adaptive/adaptive-strategy.ts";
import type { RampStep } from "../../src/adaptive/ramp.ts";
import { startRamp } from "../../src/adaptive/ramp-plan.ts";

const REQUESTS = 1200;

/** A minute with the candidate at a share: stable errors 1, p90 and p99 as the stable history has them. */
function minuteAt(minute: number, share: number, errors: (requests: number) => number): ComparedMinute {
  const requests = Math.round(REQUESTS * share);
  const rest = REQUESTS - requests;
  const slow = (rate: number) => ({
    candidate: { requests, bad: Math.round(rate * requests) },
    stable: { requests: rest, bad: Math.round(rate * rest) },
  });
  return {
    type: "counted",
    minute: Minute.parse(minute),
    metrics: {
      errors: { candidate: { requests, bad: errors(requests) }, stable: { requests: rest, bad: 1 } },
      slowAtP90: slow(0.1),
      slowAtP99: slow(0.01),
    },
  };
}

/** The whole engine with metrics one minute late, on a history without noise: share and evidence after each look. */
function engine(errors: (requests: number) => number, ticks: number) {
  const calm = (bad: number) => ({ requests: REQUESTS, bad });
  const history = Array.from({ length: 240 }, () => ({
    errors: calm(1),
    slowAtP90: calm(120),
    slowAtP99: calm(12),
  }));
  const strategy = AdaptiveStrategy.parse({ type: "adaptive", holdBack: false });
  const plan = planAdaptive({ strategy, alpha: 0.01 }, history);
  let judging = startJudging(plan, 0);
  let step: RampStep = { state: startRamp(0), share: plan.ramp.firstShare, decision: "go on" };
  const shares = [plan.ramp.firstShare];
  const evidence: number[] = [];
  const decisions: string[] = [];
  for (let tick = 1; tick <= ticks; tick += 1) {
    const late = shares[tick - 2];
    const arrived = late === undefined ? [] : [minuteAt(tick - 1, late, errors)];
    judging = compare(judging, arrived);
    step = adapt(plan.ramp, plan.comparison, judging.comparison, step, tick);
    shares.push(step.share);
    evidence.push(findings(plan.comparison, judging.comparison).evidence);
    decisions.push(step.decision);
  }
  return { shares, evidence, decisions };
}

test("the whole engine reproduces the reference values of a healthy candidate", () => {
  const { shares, decisions } = engine((requests) => Math.round(0.001 * requests), 17);
  const wanted = [
    ...[0, 1, 2].map(() => 46 / 1200),
    0.07,
    0.12,
    0.2,
    0.4,
    ...Array.from({ length: 10 }, () => 0.9),
    1,
  ];
  expect(decisions.at(-1)).toBe("finish");
  for (const [k, share] of wanted.entries()) expect(shares[k]).toBeCloseTo(share, 9);
});

test("the whole engine reproduces the reference values of a failing candidate", () => {
  const { shares, evidence, decisions } = engine((requests) => Math.ceil(0.01 * requests), 6);
  for (const share of shares.slice(0, 6)) expect(share).toBeCloseTo(0.0383, 4);
  for (const [k, value] of [1, 1.5332, 3.9021, 11.7758, 38.8663, 134.8745].entries()) {
    expect(evidence[k]).toBeCloseTo(value, 4);
  }
  expect(decisions).toEqual(["go on", "go on", "go on", "go on", "go on", "roll back"]);
});
