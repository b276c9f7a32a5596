import * as z from "zod";
import type { ComparedMinute } from "./compared-minute.ts";
import { noCounts } from "./counts.ts";
import {
  MetricPlan,
  MetricState,
  measure,
  metricDoubt,
  metricEvidence,
  metricSuspicion,
  startMetric,
} from "./metric-evidence.ts";
import { Minute } from "./minute.ts";
import { weightedMean } from "./mixture.ts";
import {
  evidenceAgainstObjective,
  holdAgainst,
  ObjectivePlan,
  ObjectiveState,
  startObjective,
  suspicionOfObjective,
} from "./objective.ts";
import { own } from "./own.ts";

/** What a rollout compares, and what it takes to call the candidate worse. It is fixed before the first count arrives. */
export const ComparisonPlan = z.object({
  version: z.literal(1),
  /** The chance allowed of ever calling a candidate worse that is not, over all metrics, the objective and all looks. */
  alpha: z.number().gt(0).max(0.5),
  metrics: z.array(MetricPlan).refine((metrics) => metrics.some(isJudged), {
    error: "at least one metric has a weight above 0",
  }),
  /** Null unless the user asked for one. */
  objective: ObjectivePlan.nullable().default(null),
});
export type ComparisonPlan = z.infer<typeof ComparisonPlan>;

/** How far a comparison has come: all that a fold needs, whatever minutes came before. */
export const ComparisonState = z.object({
  version: z.literal(1),
  /** The first and the last minute folded; null before any. */
  span: z.object({ first: Minute, last: Minute }).nullable(),
  missingMinutes: z.int().nonnegative(),
  /** The minute whose counts made the evidence reach its threshold; null until then. */
  convinced: Minute.nullable(),
  /** Parallel to the plan's metrics. */
  metrics: z.array(MetricState),
  objective: ObjectiveState.nullable().default(null),
});
export type ComparisonState = z.infer<typeof ComparisonState>;

/** What the state entitles a rollout to. */
export interface Findings {
  /** Odds to 1 against "no worse": the weighted mean over the metrics and the objective, which spends alpha once. */
  readonly evidence: number;
  /** Whether the evidence has ever reached 1/alpha. What came later cannot take that back. */
  readonly worse: boolean;
  /** How many minutes were counted, of those that are not missing. */
  readonly countedMinutes: number;
  /** The largest suspicion of any metric. It guarantees nothing and only makes a ramp careful. */
  readonly suspicion: number;
  /** The metrics' suspicions by weight, as a geometric mean that counts none as less than 1: calmer than the largest. */
  readonly weighedSuspicion: number;
  /** The same with bursts set aside, for when there is time to be sure. */
  readonly doubt: number;
  /** For each certificate, whether every judged metric holds it. */
  readonly certified: readonly boolean[];
}

/** The state before any minute. */
export function startComparison(plan: ComparisonPlan): ComparisonState {
  return {
    version: 1,
    span: null,
    missingMinutes: 0,
    convinced: null,
    metrics: plan.metrics.map(startMetric),
    objective: plan.objective && startObjective(plan.objective),
  };
}

/** The state after one more closed minute. A minute that was folded before, or one before it, changes nothing. */
export function fold(plan: ComparisonPlan, state: ComparisonState, closed: ComparedMinute): ComparisonState {
  const { span } = state;
  if (span !== null && closed.minute <= span.last) return state;
  const countsOf = (metric: string) =>
    (closed.type === "counted" ? own(closed.metrics, metric) : undefined) ?? noCounts;
  const metrics = plan.metrics.map((metric, k) =>
    measure(metric, state.metrics[k] ?? startMetric(metric), countsOf(metric.name)),
  );
  const { objective } = plan;
  const next: ComparisonState = {
    ...state,
    span: { first: span?.first ?? closed.minute, last: closed.minute },
    missingMinutes: state.missingMinutes + (closed.type === "missing" ? 1 : 0),
    metrics,
    objective:
      objective &&
      holdAgainst(objective, state.objective ?? startObjective(objective), {
        ...countsOf(objective.metric),
        alone: closed.type === "counted" && closed.alone === true,
      }),
  };
  const convinced = next.convinced ?? (evidenceIn(plan, next) >= 1 / plan.alpha ? closed.minute : null);
  return { ...next, convinced };
}

/** What the comparison has found so far. */
export function findings(plan: ComparisonPlan, state: ComparisonState): Findings {
  const judged = pairs(plan, state).filter(({ metric }) => isJudged(metric));
  const missed =
    plan.objective && state.objective ? suspicionOfObjective(plan.objective, state.objective) : 0;
  return {
    evidence: evidenceIn(plan, state),
    worse: state.convinced !== null,
    countedMinutes: state.span ? state.span.last - state.span.first + 1 - state.missingMinutes : 0,
    suspicion: Math.max(missed, ...judged.map(({ metric, state }) => metricSuspicion(metric, state))),
    weighedSuspicion: Math.max(missed, weighed(judged, metricSuspicion)),
    doubt: Math.max(missed, weighed(judged, metricDoubt)),
    certified: (judged[0]?.metric.certificates ?? []).map((_, k) =>
      judged.every(({ state }) => state.certificates[k]?.held === true),
    ),
  };
}

function weighed(
  judged: ReturnType<typeof pairs>,
  suspicion: (metric: MetricPlan, state: MetricState) => number,
): number {
  const logs = judged.map(({ metric, state }) => Math.log(Math.max(1, suspicion(metric, state))));
  return Math.exp(
    weightedMean(
      logs,
      judged.map(({ metric }) => metric),
    ),
  );
}

/** Each metric's plan with its state. */
export function pairs({ metrics }: Pick<ComparisonPlan, "metrics">, state: ComparisonState) {
  return metrics.map((metric, k) => ({ metric, state: state.metrics[k] ?? startMetric(metric) }));
}

/** Whether a metric has a say. One without weight is measured and told, and decides nothing. */
export function isJudged({ weight }: Pick<MetricPlan, "weight">): boolean {
  return weight > 0;
}

function evidenceIn(plan: ComparisonPlan, state: ComparisonState): number {
  let [sum, weights] = [0, 0];
  for (const [k, metric] of plan.metrics.entries()) {
    if (!isJudged(metric)) continue;
    sum += metric.weight * metricEvidence(metric, state.metrics[k] ?? startMetric(metric));
    weights += metric.weight;
  }
  const compared = sum / weights;
  const { objective } = plan;
  if (objective === null || state.objective === null) return compared;
  const missed = evidenceAgainstObjective(objective, state.objective);
  return (1 - objective.share) * compared + objective.share * missed;
}
