import type { Score } from "@espalier/simulation";
import { table } from "../../view/table.ts";

/** Scores as a table, a line a rule. */
export function scoreTable(scores: readonly Score[]): string {
  const headings = [
    ...["rule", "rolled back", "promoted", "undecided"],
    ...["min to 90%", "min to full", "min to rollback", "exposure min", "excess bad"],
  ];
  return table(headings, scores.map(line));
}

function line(score: Score): string[] {
  return [
    score.rule,
    ...[score.rolledBack, score.promoted, score.undecided].map((share) => `${(100 * share).toFixed(1)}%`),
    ...[score.minutesTo90, score.minutesToFull, score.minutesToRollback].map((minutes) =>
      minutes === null ? "–" : String(minutes),
    ),
    score.exposureMinutes.toFixed(2),
    score.excessBadRequests.toFixed(1),
  ];
}
