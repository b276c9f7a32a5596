/** The key of an item in the rollouts table. */
interface Key {
  readonly pk: string;
  readonly sk: string;
}

/**
 * Where runs and documents lie in the rollouts table: all of a run in one partition, all of a topology's name in another.
 * What is too large for one item lies in pieces beside it.
 */
export const runsLayout = {
  index: "list",
  /** Runs under way, runs that have ended and whose end is yet to be told, and those whose end was; found by the index, the latest last. */
  kinds: { begun: "topology-begun", untold: "topology-untold", ended: "topology" },
  partition: (run: string): string => `TOPOLOGY#${run}`,
  begun: (run: string): Key => ({ pk: runsLayout.partition(run), sk: "BEGUN" }),
  entry: (run: string, seq: number): Key => ({
    pk: runsLayout.partition(run),
    sk: `${runsLayout.entryPrefix}${String(seq).padStart(8, "0")}`,
  }),
  /** What the sort keys of a run's entries begin with; they sort in its order. */
  entryPrefix: "ENTRY#",
  ended: (run: string): Key => ({ pk: runsLayout.partition(run), sk: "META" }),
  /** The document last applied under a name. */
  applied: (name: string): Key => ({ pk: `TOPOLOGY-NAME#${name}`, sk: "APPLIED" }),
  /** The role as which an apply of it was last begun. */
  role: (name: string): Key => ({ pk: `TOPOLOGY-NAME#${name}`, sk: "ROLE" }),
  /** What was last told of its drift. */
  drift: (name: string): Key => ({ pk: `TOPOLOGY-NAME#${name}`, sk: "DRIFT" }),
  names: "topology-name",
  piece: (pk: string, digest: string, number: number): Key => ({
    pk,
    sk: `PIECE#${digest}#${String(number).padStart(3, "0")}`,
  }),
  /** When items of a run may go, in seconds, as DynamoDB's time to live has it: a month after they were written. */
  expires: (at: string): number => Math.floor(Date.parse(at) / 1000) + 30 * 24 * 60 * 60,
} as const;
