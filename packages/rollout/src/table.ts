/** The key of an item in the rollouts table. */
export interface TableKey {
  readonly pk: string;
  readonly sk: string;
}

/** The layout of the rollouts table: partition key `pk`, sort key `sk`, and the index `list` by `kind` and `at`. */
export const table = {
  index: "list",
  kinds: { rollout: "rollout", lock: "lock", waiting: "waiting" },
  meta: (id: string): TableKey => ({ pk: partition(id), sk: "META" }),
  commit: (id: string, seq: number): TableKey => ({ pk: partition(id), sk: commitPrefix + pad(seq) }),
  snapshot: (id: string): TableKey => ({ pk: partition(id), sk: "SNAPSHOT" }),
  freeze: (): TableKey => ({ pk: "FREEZE", sk: "FREEZE" }),
  lock: (service: string): TableKey => ({ pk: `LOCK#${service}`, sk: "LOCK" }),
  /** Who waits for a lock has a place beside it; places sort in the order of the queue. */
  waiting: (service: string, place: string): TableKey => ({
    pk: `LOCK#${service}`,
    sk: waitingPrefix + place,
  }),
  waitingPrefix: "QUEUE#",
  /** A rollout that is to hear of an alarm; all of an alarm share a partition. */
  alarm: (name: string, rollout: string): TableKey => ({ pk: `ALARM#${name}`, sk: rollout }),
  partition: (id: string): string => partition(id),
  /** What the sort keys of a history begin with; they sort in its order. */
  commitPrefix: "COMMIT#",
} as const;

const partition = (id: string) => `ROLLOUT#${id}`;

const commitPrefix = "COMMIT#";

const waitingPrefix = "QUEUE#";

const pad = (seq: number) => String(seq).padStart(8, "0");
