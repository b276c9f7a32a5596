import {
  type ArmNames,
  describeComparison,
  describeVerdict,
  evidenceAgainst,
  judge,
  judgeComparison,
  type Verdict,
} from "@espalier/evidence";
import type { Command } from "./command.ts";
import { type Instant, toMillis } from "./instant.ts";
import type { Admitted } from "./rollout.ts";
import { shareIn } from "./share.ts";

/** The candidate's share now, in percent: as last written, or as it was found. */
export function presentWeight({ written, actions, candidate, stable }: Admitted): number {
  if (written !== null) return written;
  const [first] = actions;
  return first === undefined ? 0 : Math.round(shareIn(first, { candidate: candidate.id, stable: stable.id }));
}

/** The verdict on what was seen so far. */
export function verdictOf({ watch, regression, alpha, adaptive }: Admitted, over: boolean): Verdict {
  if (adaptive !== null) {
    const { comparison } = adaptive.progress;
    const { outcome, evidence, threshold } = judgeComparison(adaptive.plan.comparison, comparison, { over });
    return { outcome, evidence, threshold, counts: watch.counts };
  }
  const evidence = evidenceAgainst(regression, watch.regression);
  return judge({ evidence, alpha, counts: watch.counts, over });
}

/** Minutes since the rollout was admitted. */
export function minutesSince({ startedAt }: Admitted, at: Instant): number {
  return Math.max(0, (toMillis(at) - toMillis(startedAt)) / 60_000);
}

/** What was done, at which weight and on which numbers: `rolled back at 10%: new failed ...; evidence ... (12 min)`. */
export function reasonFor(done: string, rollout: Admitted, at: Instant, because?: string): string {
  const cause = because === undefined ? "" : `${because}; `;
  const numbers = numbersOf(rollout, { candidate: rollout.candidate.name, stable: rollout.stable.name });
  const minutes = Math.round(minutesSince(rollout, at));
  return `${done} at ${presentWeight(rollout)}%: ${cause}${numbers} (${minutes} min)`;
}

function numbersOf(rollout: Admitted, names: ArmNames): string {
  const { adaptive } = rollout;
  if (adaptive === null) return describeVerdict(verdictOf(rollout, false), names);
  const { plan, progress } = adaptive;
  const verdict = judgeComparison(plan.comparison, progress.comparison, { over: false });
  return describeComparison(verdict, names);
}

/** Who asked and why: `aborted by ana, "checkout is slow"`. */
export function askedBy(done: string, { by, why }: Pick<Command, "by" | "why">): string {
  return `${done} by ${by ?? "an unnamed sender"}${why === undefined ? "" : `, "${why}"`}`;
}
