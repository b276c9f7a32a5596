import { comparedMinute, Minute, pastMinutes } from "@espalier/evidence";
import { expect, test } from "vitest";
import { planAdaptive } from "../../src/adaptive/adaptive-plan.ts";
import { adapt, compare, startJudging } from "../../src/adaptive/adaptive-progress.ts";
import { AdaptiveStrategy } from "../../src/adaptive/adaptive-strategy.ts";
import { Metrics } from "../../src/request/metric.ts";
import { reading } from "../builders.ts";

const query = { namespace: "Shop", metric: "Lost" };
const baskets = { name: "baskets", weight: 1, dryRun: true, bad: query, total: query };

test("a budget is kept by failed requests, in whatever order the metrics were asked for", () => {
  const errors = { name: "errors", weight: 1 };
  const strategy = AdaptiveStrategy.parse({ type: "adaptive", budget: 60 });
  const history = pastMinutes(
    Array.from({ length: 240 }, (_, k) => reading(k, [0, 0, 1200, k % 2])),
    Minute.parse(240),
  );
  const served = {
    type: "counted" as const,
    minute: Minute.parse(240),
    candidate: { requests: 300, bad: 30 },
    stable: { requests: 900, bad: 1 },
  };
  const shares = [
    [baskets, errors],
    [errors, baskets],
  ].map((metrics) => {
    const plan = planAdaptive({ strategy, alpha: 1e-9, metrics: Metrics.parse(metrics) }, history);
    const { comparison, ramp } = compare(startJudging(plan, 0), [comparedMinute(served)]);
    if (ramp === null) throw new Error("an adaptive rollout has a ramp");
    return adapt(plan.ramp, plan.comparison, comparison, ramp, 1).share;
  });
  // 30 requests of the budget are spent, and a rate of over 10% is not excluded.
  expect(shares[0]).toBe(shares[1]);
  expect(shares[0]).toBeLessThan(30 / (3 * 1200 * 0.1));
});
