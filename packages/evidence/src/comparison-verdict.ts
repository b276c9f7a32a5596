import * as z from "zod";
import type { ComparisonPlan, ComparisonState } from "./comparison.ts";
import { findings, isJudged, pairs } from "./comparison.ts";
import { ArmCounts, Counts } from "./counts.ts";
import { metricEvidence, metricSuspicion } from "./metric-evidence.ts";
import { Minute } from "./minute.ts";
import { evidenceAgainstObjective } from "./objective.ts";
import { RatioInterval, ratioInterval } from "./ratio-sequence.ts";
import { suspectStart } from "./regression.ts";

/** One metric's part in a verdict. Rates are shares of requests from 0 to 1, null while an arm served none. */
export const MetricVerdict = z.object({
  name: z.string(),
  bad: z.string(),
  counts: ArmCounts,
  rates: z.object({ candidate: z.number().nullable(), stable: z.number().nullable() }),
  /** How many times the stable rate, with bounds that hold at every look in 95 of 100 rollouts. */
  ratio: RatioInterval,
  evidence: z.number().nonnegative(),
  suspicion: z.number().nonnegative(),
  noisy: z.boolean(),
  /** False for a metric that is only told. */
  judged: z.boolean().default(true),
});
export type MetricVerdict = z.infer<typeof MetricVerdict>;

/** The user's own objective in a verdict: the share that may be bad, what the candidate served, and the odds that it misses it. */
export const ObjectiveVerdict = z.object({
  rate: z.number(),
  counts: Counts,
  evidence: z.number().nonnegative(),
  /** Whether it adds more to the whole evidence than any metric. */
  loudest: z.boolean(),
});
export type ObjectiveVerdict = z.infer<typeof ObjectiveVerdict>;

/**
 * What a comparison entitles a rollout to say, with its numbers. `fail`: the candidate is worse. `pass`: the time set for watching it
 * is over and the evidence never reached its threshold. `undecided`: neither, yet.
 */
export const ComparisonVerdict = z.object({
  outcome: z.enum(["pass", "fail", "undecided"]),
  evidence: z.number().nonnegative(),
  threshold: z.number().positive(),
  metrics: z.array(MetricVerdict).min(1),
  /** The metric that adds most to the evidence of all metrics. */
  loudest: z.string(),
  /** In which minute what speaks against the candidate seems to have begun; null while nothing does. */
  since: Minute.nullable(),
  missingMinutes: z.int().nonnegative(),
  objective: ObjectiveVerdict.nullable().default(null),
});
export type ComparisonVerdict = z.infer<typeof ComparisonVerdict>;

const RATIO_ALPHA = 0.05;

/** Judges a comparison. `over` says that the time set for watching it has passed, so that not failing is passing. */
export function judgeComparison(
  plan: ComparisonPlan,
  state: ComparisonState,
  { over }: { readonly over: boolean },
): ComparisonVerdict {
  const { evidence, worse, suspicion } = findings(plan, state);
  const told = pairs(plan, state).map(({ metric, state }) => ({
    start: suspectStart(metric, state.regression),
    says: metric.weight * metricEvidence(metric, state),
    verdict: {
      ...{ name: metric.name, bad: metric.bad, counts: state.counts, noisy: metric.noise !== null },
      judged: isJudged(metric),
      rates: { candidate: rate(state.counts.candidate), stable: rate(state.counts.stable) },
      ratio: ratioInterval(state.ratios, RATIO_ALPHA),
      evidence: metricEvidence(metric, state),
      suspicion: metricSuspicion(metric, state),
    },
  }));
  const loudest = told
    .filter(({ verdict }) => verdict.judged)
    .reduce((most, one) => (one.says > most.says ? one : most));
  const since = suspicion > 1 && state.span ? Minute.parse(state.span.first + loudest.start) : null;
  return {
    outcome: worse ? "fail" : over ? "pass" : "undecided",
    evidence,
    threshold: 1 / plan.alpha,
    metrics: told.map(({ verdict }) => verdict),
    loudest: loudest.verdict.name,
    since,
    missingMinutes: state.missingMinutes,
    objective: judgeObjective(plan, state, loudest.says),
  };
}

function judgeObjective(
  { objective, metrics }: ComparisonPlan,
  { objective: state }: ComparisonState,
  metricSays: number,
): ObjectiveVerdict | null {
  if (objective === null || state === null) return null;
  const evidence = evidenceAgainstObjective(objective, state);
  const weights = metrics.reduce((sum, { weight }) => sum + weight, 0);
  const loudest = objective.share * evidence > ((1 - objective.share) * metricSays) / weights;
  return { rate: objective.rate, counts: state.counts.candidate, evidence, loudest };
}

const rate = ({ requests, bad }: Counts) => (requests > 0 ? bad / requests : null);
