import * as z from "zod";
import { CertificatePlan, CertificateState, certify, startCertificate } from "./certificate.ts";
import { type ArmCounts, addCounts, ArmCounts as Counted, noCounts } from "./counts.ts";
import { DispersedState, disperse, evidenceBeyondNoise, startDispersed } from "./dispersed.ts";
import { betOnExchange, ExchangeableState, startExchange } from "./exchangeable.ts";
import { evidenceOf, mean } from "./mixture.ts";
import { Noise } from "./noise.ts";
import { RatioState, startRatio, weighRatios } from "./ratio-sequence.ts";
import {
  evidenceAgainst,
  RegressionPlan,
  RegressionState,
  regress,
  startRegression,
  suspicionOf,
} from "./regression.ts";

/** What is watched in one metric. It is fixed before the first count arrives. */
export const MetricPlan = z.object({
  name: z.string(),
  /** What an arm did to a share of its requests: `failed`, `took over 250 ms for`. */
  bad: z.string(),
  /** How much of the whole evidence it is, relative to the other metrics; 0 for a metric that is only told. */
  weight: z.number().nonnegative(),
  ...RegressionPlan.shape,
  /** Null for a metric whose history is as calm as chance. */
  noise: Noise.nullable(),
  certificates: z.array(CertificatePlan),
});
export type MetricPlan = z.infer<typeof MetricPlan>;

/** How far one metric has come. `bursts` is null for a metric that is not noisy. */
export const MetricState = z.object({
  counts: Counted,
  regression: RegressionState,
  bursts: z.object({ exchangeable: ExchangeableState, dispersed: DispersedState }).nullable(),
  ratios: RatioState,
  certificates: z.array(CertificateState),
});
export type MetricState = z.infer<typeof MetricState>;

/** The state before any minute. */
export function startMetric(plan: MetricPlan): MetricState {
  return {
    counts: noCounts,
    regression: startRegression(plan),
    bursts: plan.noise && {
      exchangeable: startExchange(),
      dispersed: startDispersed({ ...plan, spread: plan.noise.spread }),
    },
    ratios: startRatio(),
    certificates: plan.certificates.map(startCertificate),
  };
}

/** The state after one more minute; nil counts for a minute in which the metric is missing. */
export function measure(plan: MetricPlan, state: MetricState, counts: ArmCounts): MetricState {
  const { noise } = plan;
  return {
    counts: addCounts(state.counts, counts),
    regression: regress(plan, state.regression, counts),
    bursts: noise &&
      state.bursts && {
        exchangeable: betOnExchange({ ...plan, temper: noise.temper }, state.bursts.exchangeable, counts),
        dispersed: disperse({ ...plan, ...noise }, state.bursts.dispersed, counts),
      },
    ratios: weighRatios(state.ratios, counts, noise ?? { spread: 0, temper: 1 }),
    certificates: plan.certificates.map((certificate, k) =>
      certify(certificate, state.certificates[k] ?? startCertificate(), counts),
    ),
  };
}

/**
 * The evidence that the candidate is worse in this metric, as odds to 1. A noisy metric has to convince twice: as if its noise
 * were chance, and by the mean of the evidence that bursts of any law and bursts of a known size leave.
 */
export function metricEvidence(plan: MetricPlan, { regression, bursts }: MetricState): number {
  const plain = evidenceAgainst(plan, regression);
  if (plan.noise === null || bursts === null) return plain;
  const beyond = evidenceBeyondNoise({ ...plan, ...plan.noise }, bursts.dispersed);
  return Math.min(plain, (beyond + evidenceOf(bursts.exchangeable)) / 2);
}

/** How suspicious the metric's latest minutes are, without a guarantee. */
export function metricSuspicion(plan: MetricPlan, { regression }: MetricState): number {
  return suspicionOf(plan, regression);
}

/** The suspicion that bursts do not explain: in a noisy metric no more than the exchangeable bets have of it. */
export function metricDoubt(plan: MetricPlan, state: MetricState): number {
  const suspicion = metricSuspicion(plan, state);
  if (state.bursts === null) return suspicion;
  return Math.min(suspicion, mean(state.bursts.exchangeable.suspicion));
}
