import type { Decider, Pilot, Standing } from "../decider.ts";
import type { ArmCounts, MinuteCounts } from "../traffic/minute-counts.ts";
import { liesHigher } from "./mann-whitney.ts";

const SHARE = 0.1;
const JUDGED_AT = 30;
const ENDS_AT = 60;
const FAILS_BELOW = 75;
const PASSES_AT = 95;

/** Confidence 0.98, two-sided. */
const TEST = { critical: 2.3263478740408408, tolerance: 0.25 };

/** The series that are judged. Kayenta has no counts of its own, so latency is the share that is slow. */
const metrics: readonly ((arm: Readonly<ArmCounts>) => number)[] = [
  (arm) => arm.errors / arm.requests,
  (arm) => arm.slowerThanP90 / arm.requests,
  (arm) => arm.slowerThanP99 / arm.requests,
];

/**
 * Kayenta's NetflixACAJudge: 10% against a baseline of the same size for an hour, judged after half of it and at its end.
 * A metric that Mann-Whitney finds High on the candidate fails; the score is the share of metrics that do not.
 */
export const kayenta: Decider = {
  rule: "kayenta",
  metrics: "prompt",
  baseline: SHARE,
  start: () => new KayentaPilot(),
};

class KayentaPilot implements Pilot {
  share = SHARE;
  standing: Standing = "running";
  readonly #candidate = metrics.map((): number[] => []);
  readonly #baseline = metrics.map((): number[] => []);
  #score: number | undefined;

  tick(now: number, arrived: readonly MinuteCounts[]): void {
    for (const { candidate, stable } of arrived) {
      this.#keep(this.#candidate, candidate);
      this.#keep(this.#baseline, stable);
    }
    if (now !== JUDGED_AT && now !== ENDS_AT) return;
    this.#score = this.#judge();
    if (this.#score < FAILS_BELOW || (now === ENDS_AT && this.#score < PASSES_AT)) {
      this.standing = "rolled back";
      this.share = 0;
    } else if (now === ENDS_AT) {
      this.standing = "promoted";
      this.share = 1;
    }
  }

  note(): string {
    return this.#score === undefined ? "not judged yet" : `score ${Math.round(this.#score)}`;
  }

  #keep(series: readonly number[][], arm: Readonly<ArmCounts>): void {
    if (arm.requests === 0) return;
    for (const [k, metric] of metrics.entries()) series[k]?.push(metric(arm));
  }

  #judge(): number {
    const passed = metrics.filter((_, k) => !isHigh(this.#candidate[k] ?? [], this.#baseline[k] ?? []));
    return (100 * passed.length) / metrics.length;
  }
}

function isHigh(candidate: readonly number[], baseline: readonly number[]): boolean {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return (
    mean(candidate) >= mean(baseline) &&
    liesHigher(Float64Array.from(candidate), Float64Array.from(baseline), TEST)
  );
}
