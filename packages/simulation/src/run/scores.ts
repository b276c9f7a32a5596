import type { RunOutcome } from "./run-outcome.ts";

/** How one rule did over all runs of a world. */
export interface Score {
  readonly rule: string;
  readonly runs: number;
  /** Shares of the runs. Promoted: at 90% or more, and not rolled back, when the world ends. */
  readonly rolledBack: number;
  readonly promoted: number;
  readonly undecided: number;
  /** Medians over the runs in which it happened; null where it never did. */
  readonly minutesTo90: number | null;
  readonly minutesToFull: number | null;
  readonly minutesToRollback: number | null;
  /** Means over all runs. */
  readonly exposureMinutes: number;
  readonly excessBadRequests: number;
}

/** Gathers outcomes into a score. */
export function scoreOf(rule: string, outcomes: readonly RunOutcome[]): Score {
  const share = (ending: RunOutcome["ending"]) =>
    outcomes.filter((outcome) => outcome.ending === ending).length / outcomes.length;
  const mean = (of: (outcome: RunOutcome) => number) =>
    outcomes.reduce((sum, outcome) => sum + of(outcome), 0) / outcomes.length;
  return {
    rule,
    runs: outcomes.length,
    rolledBack: share("rolled back"),
    promoted: share("promoted"),
    undecided: share("undecided"),
    minutesTo90: median(outcomes.map((outcome) => outcome.minutesTo90)),
    minutesToFull: median(outcomes.map((outcome) => outcome.minutesToFull)),
    minutesToRollback: median(outcomes.map((outcome) => outcome.minutesToRollback)),
    exposureMinutes: mean((outcome) => outcome.exposureMinutes),
    excessBadRequests: mean((outcome) => outcome.excessBadRequests),
  };
}

/** The middle of the numbers there are, or the mean of the middle two; null of none. */
function median(values: readonly (number | null)[]): number | null {
  const there = values.filter((value) => value !== null).sort((a, b) => a - b);
  const middle = there.length / 2;
  const [low, high] = [there[Math.ceil(middle) - 1], there[Math.floor(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
