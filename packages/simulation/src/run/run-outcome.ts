/** What became of one run. Minutes are counted from the rollout's begin to the decision. */
export interface RunOutcome {
  readonly ending: "rolled back" | "promoted" | "undecided";
  /** When the share reached 90% for good; null where it did not. */
  readonly minutesTo90: number | null;
  /** When promotion was decided, whatever came after it. */
  readonly minutesToFull: number | null;
  readonly minutesToRollback: number | null;
  /** The candidate's share summed over the minutes in which it was worse. */
  readonly exposureMinutes: number;
  /** Bad requests that the stable arm would have been expected to serve well. */
  readonly excessBadRequests: number;
}
