export { CertificatePlan, CertificateState, certainty, certify, startCertificate } from "./certificate.ts";
export { ArmReading, ClosedMinute, closeMinutes, MISSING_AFTER_MS, Reading } from "./close-minutes.ts";
export { ComparedMinute, comparedMinute, MetricCounts, PastMinute, pastMinutes } from "./compared-minute.ts";
export {
  ComparisonPlan,
  ComparisonState,
  type Findings,
  findings,
  fold,
  startComparison,
} from "./comparison.ts";
export { ComparisonVerdict, judgeComparison, MetricVerdict, ObjectiveVerdict } from "./comparison-verdict.ts";
export { ArmCounts, addCounts, Counts, noCounts } from "./counts.ts";
export { type ArmNames, describeComparison } from "./describe-comparison.ts";
export {
  type DispersedPlan,
  DispersedState,
  disperse,
  evidenceBeyondNoise,
  startDispersed,
} from "./dispersed.ts";
export { dispersedLikelihood } from "./dispersed-likelihood.ts";
export { Dispersion, dispersionOf } from "./dispersion.ts";
export {
  betOnExchange,
  type ExchangeablePlan,
  ExchangeableState,
  exchangeableBets,
  exchangeableFactors,
  startExchange,
} from "./exchangeable.ts";
export { formatOdds } from "./format-odds.ts";
export {
  MetricPlan,
  MetricState,
  measure,
  metricDoubt,
  metricEvidence,
  metricSuspicion,
  startMetric,
} from "./metric-evidence.ts";
export { Minute, minuteAt, minuteEnd, minuteStart } from "./minute.ts";
export { evidenceOf, Mixture, startMixture } from "./mixture.ts";
export { ENOUGH_HISTORY, isEnoughHistory, Noise, noiseOf } from "./noise.ts";
export {
  evidenceAgainstObjective,
  holdAgainst,
  ObjectivePlan,
  ObjectiveState,
  planObjective,
  startObjective,
} from "./objective.ts";
export { defaultMetrics, type MetricSettings, planMetrics } from "./plan-metrics.ts";
export { logPoissonBet, type NoWorse } from "./poisson-bet.ts";
export { RatioInterval, RatioState, ratioInterval, startRatio, weighRatios } from "./ratio-sequence.ts";
export {
  Alternatives,
  errorRegression,
  evidenceAgainst,
  RegressionPlan,
  RegressionState,
  regress,
  startRegression,
  suspectStart,
  suspicionOf,
} from "./regression.ts";
export { StartPrior, startMass } from "./start-prior.ts";
export { worstRate } from "./worst-rate.ts";
