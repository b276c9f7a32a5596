import {
  type ArmNames,
  type ComparisonVerdict,
  describeComparison,
  formatOdds,
  judgeComparison,
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

/** The verdict on what was compared so far; undefined before the rollout is planned. */
export function verdictOf({ judging }: Admitted, over: boolean): ComparisonVerdict | undefined {
  return judging === null
    ? undefined
    : judgeComparison(judging.plan.comparison, judging.comparison, { over });
}

// No larger number survives DynamoDB's client, and nobody tells apart what is larger.
const MOST_ODDS = 1e15;

/** Odds as they are stored and told: 10^15 to 1 at most. */
export const toldOdds = (odds: number): number => Math.min(odds, MOST_ODDS);

/** The odds against "no worse", and those at which a candidate is called worse. */
export function oddsOf(rollout: Admitted): { evidence: number; threshold: number } {
  const { evidence = 1, threshold = 1 / rollout.request.alpha } = verdictOf(rollout, false) ?? {};
  return { evidence: toldOdds(evidence), threshold };
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
  const verdict = verdictOf(rollout, false);
  if (verdict !== undefined) return describeComparison(verdict, names);
  return `nothing was compared yet, ${formatOdds(1 / rollout.request.alpha)} would be needed`;
}

/** Who asked and why: `aborted by ana, "checkout is slow"`. */
export function askedBy(done: string, { by, why }: Pick<Command, "by" | "why">): string {
  return `${done} by ${by ?? "an unnamed sender"}${why === undefined ? "" : `, "${why}"`}`;
}

/** The same where nobody need have a name: ` by ana, "checkout is slow"`, or nothing. */
export function saidBy({ by, why }: { by?: string | undefined; why?: string | undefined }): string {
  return `${by === undefined ? "" : ` by ${by}`}${why === undefined ? "" : `, "${why}"`}`;
}
