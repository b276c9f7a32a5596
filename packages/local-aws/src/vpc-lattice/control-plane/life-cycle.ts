import type { Clock } from "../../clock/clock.ts";
import type { Status } from "./records.ts";
import type { Collection, Store } from "./store.ts";

interface Living {
  readonly id: string;
  readonly status: Status;
}

/** Moves records through their in-progress states on AWS time. */
export interface LifeCycle {
  /** Puts `record` as it is; it becomes ACTIVE after a while. Answers the record as put. */
  begin<R extends Living>(collection: Collection<R>, record: R): R;
  /** The record becomes DELETE_IN_PROGRESS and vanishes after a while. */
  end<R extends Living>(collection: Collection<R>, record: R): R;
  /** The target drains for `ms` and vanishes then, unless it is registered again. */
  drain(id: string, ms: number): void;
  /** Goes on with what the process before had begun. */
  resume(): void;
}

/** What becomes of a record when its time (AWS time, milliseconds) has come. */
export interface Transition {
  readonly collection: string;
  readonly id: string;
  readonly due: number;
}

/** The collections whose records have a life. */
type Lives = Pick<Store, "services" | "targetGroups" | "targets" | "serviceAssociations" | "vpcAssociations">;

export interface LifeCycleParts {
  readonly clock: Clock;
  readonly store: Lives;
  /** How long a step takes; 0: it is over before the caller hears of it. */
  readonly transitionMs: number;
  /** The steps under way. */
  readonly transitions: Map<string, Transition>;
}

export function lifeCycle({ clock, store, transitionMs, transitions }: LifeCycleParts): LifeCycle {
  const living: readonly Collection<Living>[] = [
    store.services,
    store.targetGroups,
    store.serviceAssociations,
    store.vpcAssociations,
  ].map((collection) => collection as Collection<never> as Collection<Living>);

  const keyOf = ({ collection, id }: Transition) => `${collection} ${id}`;
  const finish = (transition: Transition) => {
    // Another step of the same record may have begun since.
    if (transitions.get(keyOf(transition))?.due !== transition.due) return;
    transitions.delete(keyOf(transition));
    const { collection, id } = transition;
    if (collection === store.targets.name) {
      if (store.targets.get(id)?.draining) store.targets.remove(id);
    } else {
      const found = living.find(({ name }) => name === collection);
      if (found !== undefined) settle(found, id);
    }
  };
  const arm = (transition: Transition) => clock.after(transition.due - clock.now(), () => finish(transition));
  const later = (collection: string, id: string, ms: number) => {
    const transition = { collection, id, due: clock.now() + ms };
    transitions.set(keyOf(transition), transition);
    if (ms === 0) finish(transition);
    else arm(transition);
  };

  return {
    begin(collection, record) {
      collection.put(record);
      later(collection.name, record.id, transitionMs);
      return record;
    },
    end(collection, record) {
      const ending = { ...record, status: "DELETE_IN_PROGRESS" as const };
      collection.put(ending);
      later(collection.name, record.id, transitionMs);
      return ending;
    },
    drain: (id, ms) => later(store.targets.name, id, ms),
    resume() {
      for (const transition of [...transitions.values()]) arm(transition);
    },
  };
}

function settle(collection: Collection<Living>, id: string): void {
  const record = collection.get(id);
  if (record?.status === "DELETE_IN_PROGRESS") collection.remove(id);
  else if (record !== undefined) collection.put({ ...record, status: "ACTIVE" });
}
