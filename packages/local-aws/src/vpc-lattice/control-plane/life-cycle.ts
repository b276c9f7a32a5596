import type { Clock } from "../../clock/clock.ts";
import type { Status } from "./records.ts";
import type { Collection } from "./store.ts";

interface Living {
  readonly id: string;
  readonly status: Status;
}

/** Moves records through their in-progress states on AWS time. */
export interface LifeCycle {
  /** Puts `record` as it is; it becomes ACTIVE after a while. Answers the record as put. */
  begin<R extends Living>(collection: Collection<R>, record: R): R;
  /** The record becomes DELETE_IN_PROGRESS and vanishes after a while, when `gone` is called. */
  end<R extends Living>(collection: Collection<R>, record: R, gone?: () => void): R;
}

/** A life cycle whose every step takes `transitionMs`; 0: the step is over before the caller hears of it. */
export function lifeCycle(clock: Clock, transitionMs: number): LifeCycle {
  const later = (action: () => void) => {
    if (transitionMs === 0) action();
    else clock.after(transitionMs, action);
  };
  return {
    begin(collection, record) {
      collection.put(record);
      later(() => {
        const now = collection.get(record.id);
        if (now?.status === record.status) collection.put({ ...now, status: "ACTIVE" });
      });
      return record;
    },
    end(collection, record, gone) {
      const ending = { ...record, status: "DELETE_IN_PROGRESS" as const };
      collection.put(ending);
      later(() => {
        collection.remove(record.id);
        gone?.();
      });
      return ending;
    },
  };
}
