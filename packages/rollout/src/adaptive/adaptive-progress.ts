import {
  type ComparedMinute,
  type ComparisonPlan,
  type ComparisonState,
  findings,
  fold,
  noCounts,
  startComparison,
} from "@espalier/evidence";
import type { RolloutPlan } from "../plan/rollout-plan.ts";
import type { Judging } from "../rollout.ts";
import { type RampStep, ramp } from "./ramp.ts";
import { type RampPlan, startRamp } from "./ramp-plan.ts";

/** What is compared, and an adaptive rollout's ramp, before the first shift, which is made in minute `now`. */
export function startJudging(plan: RolloutPlan, now: number): Judging {
  const step =
    plan.ramp && ({ state: startRamp(now), share: plan.ramp.firstShare, decision: "go on" } as const);
  return { plan, comparison: startComparison(plan.comparison), ramp: step };
}

/** After some more closed minutes. */
export function compare(judging: Judging, minutes: readonly ComparedMinute[]): Judging {
  const { plan } = judging;
  const comparison = minutes.reduce(
    (state, minute) => fold(plan.comparison, state, minute),
    judging.comparison,
  );
  return { ...judging, comparison };
}

/** The ramp after a look at the end of minute `now`, at the minutes compared so far. */
export function adapt(
  plan: RampPlan,
  comparison: ComparisonPlan,
  state: ComparisonState,
  step: RampStep,
  now: number,
): RampStep {
  const failures = comparison.metrics.findIndex(({ name }) => name === "errors");
  const judged = comparison.metrics.findIndex(({ weight }) => weight > 0);
  const counts = state.metrics[failures < 0 ? judged : failures]?.counts ?? noCounts;
  return ramp(plan, step.state, { ...findings(comparison, state), counts }, now);
}

/** The ramp after a pause of so many minutes, which count neither as dwelling at a share nor as suspicious. */
export function unpause(step: RampStep, minutes: number): RampStep {
  const { state } = step;
  return { ...step, state: { ...state, now: state.now + minutes, since: state.since + minutes } };
}
