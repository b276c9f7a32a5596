import {
  type ArmCounts,
  type ComparedMinute,
  type ComparisonPlan,
  type ComparisonState,
  defaultMetrics,
  fold,
  Minute,
  type Noise,
  planMetrics,
  startComparison,
} from "../src/index.ts";

/** The default comparison at alpha 1%, with one certificate a metric, on metrics as noisy as asked for. */
export function comparison(noise: Noise | null = null): ComparisonPlan {
  const certificates = [{ ratio: 1.6, slack: 0.01, beta: 0.3 }];
  const metrics = defaultMetrics.map((metric) => ({ ...metric, certificates }));
  const start = { first: 0.8, horizon: 60, after: "falling" } as const;
  return {
    version: 1,
    alpha: 0.01,
    metrics: planMetrics(metrics, [], start).map((metric) => ({ ...metric, noise })),
    objective: null,
  };
}

/** A minute of errors alone, or of several metrics. */
export function counted(
  minute: number,
  errors: ArmCounts,
  others: Record<string, ArmCounts> = {},
): ComparedMinute {
  return { type: "counted", minute: Minute.parse(minute), metrics: { errors, ...others } };
}

/** A minute whose metrics never came. */
export const missing = (minute: number): ComparedMinute => ({
  type: "missing",
  minute: Minute.parse(minute),
});

/** The state after some minutes. */
export function folded(
  plan: ComparisonPlan,
  minutes: readonly ComparedMinute[],
  from: ComparisonState = startComparison(plan),
): ComparisonState {
  return minutes.reduce((state, minute) => fold(plan, state, minute), from);
}
