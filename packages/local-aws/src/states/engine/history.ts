import type { HistoryEvent } from "@aws-sdk/client-sfn";
import { StateFailure } from "./state-failure.ts";

/** An event before it has its place in the history. */
export type NewEvent = Omit<HistoryEvent, "id" | "previousEventId" | "timestamp">;

/** AWS ends an execution whose history would grow longer. */
const mostEvents = 25_000;

/** What an execution did, in order. */
export interface History {
  readonly events: readonly HistoryEvent[];
  /**
   * Adds an event after `previous` and returns its id. The last place is kept for the event that ends the execution:
   * any other throws States.Runtime there.
   */
  record(event: NewEvent, previous: number): number;
  /** Adds the event that ends the execution. */
  end(event: NewEvent, previous: number): void;
}

/** `now` is AWS time; `recorded` sees every event as it is added. */
export function createHistory(now: () => number, recorded: (event: HistoryEvent) => void): History {
  const events: HistoryEvent[] = [];
  const add = (event: NewEvent, previousEventId: number) => {
    const added: HistoryEvent = {
      ...event,
      timestamp: new Date(now()),
      id: events.length + 1,
      previousEventId,
    };
    events.push(added);
    recorded(added);
    return events.length;
  };
  return {
    events,
    record(event, previous) {
      if (events.length >= mostEvents - 1)
        throw new StateFailure(
          "States.Runtime",
          `The execution reached the maximum number of history events (${mostEvents}).`,
        );
      return add(event, previous);
    },
    end: (event, previous) => void add(event, previous),
  };
}
