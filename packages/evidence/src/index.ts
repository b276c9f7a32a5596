export { ArmReading, ClosedMinute, closeMinutes, MISSING_AFTER_MS, Reading } from "./close-minutes.ts";
export { ComparedMinute, MetricCounts, PastMinute } from "./compared-minute.ts";
export { ArmCounts, addCounts, Counts, noCounts } from "./counts.ts";
export { type ArmNames, describeVerdict, formatOdds } from "./describe-verdict.ts";
export { Minute, minuteAt, minuteEnd, minuteStart } from "./minute.ts";
export { logPoissonBet, type NoWorse } from "./poisson-bet.ts";
export {
  errorRegression,
  evidenceAgainst,
  RegressionPlan,
  RegressionState,
  regress,
  startRegression,
  suspicionOf,
} from "./regression.ts";
export { StartPrior, startMass } from "./start-prior.ts";
export { judge, Verdict, type Watched } from "./verdict.ts";
