import type { ComparisonVerdict, MetricVerdict, ObjectiveVerdict } from "./comparison-verdict.ts";
import type { Counts } from "./counts.ts";
import { formatOdds } from "./format-odds.ts";
import { minuteStart } from "./minute.ts";
import type { RatioInterval } from "./ratio-sequence.ts";

/** The names of the two arms, for a sentence. */
export interface ArmNames {
  readonly candidate: string;
  readonly stable: string;
}

/**
 * The verdict as a sentence's clauses, the loudest metric first:
 * `new failed 5.1% of 412 requests, old 0.1% of 3,720, 47 times as many (at least 18), since 12:04 UTC; evidence 1,893 : 1 against
 * "no worse", 100 : 1 needed`. Another metric is named where it alone would have been enough, the objective where it says most.
 */
export function describeComparison(verdict: ComparisonVerdict, names: ArmNames): string {
  const { metrics, loudest, evidence, threshold, missingMinutes } = verdict;
  const first = metrics.find(({ name }) => name === loudest) ?? metrics[0];
  const others = metrics.filter(
    (metric) => metric !== first && metric.judged && metric.evidence >= threshold,
  );
  const { objective } = verdict;
  return [
    ...(objective?.loudest === true ? [missed(objective, names)] : []),
    ...(first ? [`${clause(first, names)}${sinceWhen(verdict)}`] : []),
    ...others.map((metric) => clause(metric, names)),
    `evidence ${formatOdds(evidence)} against "no worse", ${formatOdds(threshold)} needed`,
    ...(missingMinutes > 0
      ? [`the metrics of ${missingMinutes} minute${missingMinutes === 1 ? "" : "s"} never came`]
      : []),
  ].join("; ");
}

function clause({ bad, counts, ratio }: MetricVerdict, { candidate, stable }: ArmNames): string {
  if (counts.candidate.requests === 0) return `${candidate} served no requests that were counted`;
  const one = `${candidate} ${bad} ${share(counts.candidate)} requests`;
  if (counts.stable.requests === 0) return `${one}, ${stable} served none`;
  return `${one}, ${stable} ${share(counts.stable)}${times(ratio)}`;
}

function missed({ counts, rate }: ObjectiveVerdict, { candidate }: ArmNames): string {
  return `${candidate} failed ${share(counts)} requests, over the objective of ${Number((100 * rate).toPrecision(3))}%`;
}

/** Nothing is said of a ratio that may as well be 1: the two shares say it. */
function times({ estimate, low, high }: RatioInterval): string {
  if (low !== null && low > 1) {
    const least = `at least ${factor(low)}`;
    return estimate === null ? `, ${least} times as many` : `, ${factor(estimate)} times as many (${least})`;
  }
  if (high !== null && high < 1) return `, at most ${factor(high)} times as many`;
  return "";
}

function sinceWhen({ outcome, since }: ComparisonVerdict): string {
  if (since === null || outcome !== "fail") return "";
  return `, since ${new Date(minuteStart(since)).toISOString().slice(11, 16)} UTC`;
}

const share = ({ requests, bad }: Counts) =>
  `${((100 * bad) / requests).toFixed(1)}% of ${requests.toLocaleString("en-US")}`;

const factor = (value: number) => (value >= 10 ? Math.round(value).toString() : value.toFixed(1));
