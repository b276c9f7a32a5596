import {
  type ComparedMinute,
  type ComparisonState,
  findings,
  fold,
  noCounts,
  startComparison,
} from "@espalier/evidence";
import type { AdaptivePlan } from "./adaptive-plan.ts";
import { type RampStep, ramp } from "./ramp.ts";
import { startRamp } from "./ramp-plan.ts";

/** How far an adaptive rollout has come: what was compared, and what the last look came to. */
export interface AdaptiveProgress {
  readonly comparison: ComparisonState;
  readonly step: RampStep;
}

/** Before the first shift, which is made in minute `now`. */
export function startAdaptive(plan: AdaptivePlan, now: number): AdaptiveProgress {
  const step: RampStep = { state: startRamp(now), share: plan.ramp.firstShare, decision: "go on" };
  return { comparison: startComparison(plan.comparison), step };
}

/** After some more closed minutes. */
export function compare(
  plan: AdaptivePlan,
  progress: AdaptiveProgress,
  minutes: readonly ComparedMinute[],
): AdaptiveProgress {
  const comparison = minutes.reduce(
    (state, minute) => fold(plan.comparison, state, minute),
    progress.comparison,
  );
  return { ...progress, comparison };
}

/** After a look at the end of minute `now`, at the minutes compared so far. */
export function adapt(plan: AdaptivePlan, progress: AdaptiveProgress, now: number): AdaptiveProgress {
  const { comparison, step } = progress;
  const counts = comparison.metrics[0]?.counts ?? noCounts;
  const seen = { ...findings(plan.comparison, comparison), counts };
  return { comparison, step: ramp(plan.ramp, step.state, seen, now) };
}

/** After a pause of so many minutes, which count neither as dwelling at a share nor as suspicious. */
export function unpause(progress: AdaptiveProgress, minutes: number): AdaptiveProgress {
  const { state } = progress.step;
  const later = { ...state, now: state.now + minutes, since: state.since + minutes };
  return { ...progress, step: { ...progress.step, state: later } };
}
