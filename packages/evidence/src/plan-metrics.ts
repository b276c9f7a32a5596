import type { CertificatePlan } from "./certificate.ts";
import type { PastMinute } from "./compared-minute.ts";
import type { MetricPlan } from "./metric-evidence.ts";
import { noiseOf } from "./noise.ts";
import { own } from "./own.ts";
import { errorRegression } from "./regression.ts";
import type { StartPrior } from "./start-prior.ts";

/** A metric as it is asked for, of any name: everything about it but what its history says. Without weight it is only told. */
export interface MetricSettings {
  readonly name: string;
  readonly bad: string;
  readonly weight: number;
  /** By how much the candidate's share of bad requests may exceed 1.1 times the stable one's and still be no worse. */
  readonly slack: number;
  readonly certificates: readonly CertificatePlan[];
}

/** What rollouts compare by default: errors, and requests slower than the stable group's p90 and p99. */
export const defaultMetrics = [
  { name: "errors", bad: "failed", weight: 0.62, slack: 0.001 },
  { name: "slowAtP90", bad: "was slower than the stable p90 in", weight: 0.23, slack: 0.005 },
  { name: "slowAtP99", bad: "was slower than the stable p99 in", weight: 0.15, slack: 0.005 },
] as const satisfies readonly Omit<MetricSettings, "certificates">[];

/** The plans of some metrics, each with the noise that the stable arm's own minutes show. */
export function planMetrics(
  metrics: readonly MetricSettings[],
  history: readonly PastMinute[],
  start: StartPrior,
): MetricPlan[] {
  return metrics.map(({ certificates, ...metric }) => ({
    ...metric,
    ratio: errorRegression.ratio,
    alternatives: errorRegression.alternatives,
    start,
    noise: noiseOf(history.flatMap((minute) => own(minute, metric.name) ?? [])),
    certificates: [...certificates],
  }));
}
