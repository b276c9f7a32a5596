import type { HistoryEvent } from "@aws-sdk/client-sfn";
import { StateFailure } from "./state-failure.ts";

/** An event before it has its place in the history. */
export type NewEvent = Omit<HistoryEvent, "id" | "previousEventId" | "timestamp">;

/** AWS ends an execution whose history would grow longer. */
const mostEvents = 25_000;

/** What an execution did, in order. */
export interface History {
  /** All events; read from where they are kept, once they are released from memory. */
  readonly events: readonly HistoryEvent[];
  /** About how many characters the events have. */
  readonly size: number;
  /**
   * Adds an event after `previous` and returns it. The last place is kept for the event that ends the execution:
   * any other throws States.Runtime there.
   */
  record(event: NewEvent, previous: number): HistoryEvent & { readonly id: number };
  /** Adds the event that ends the execution. */
  end(event: NewEvent, previous: number): HistoryEvent;
  /** Keeps the events in memory no more; `read` answers them from then on. */
  release(read: () => readonly HistoryEvent[]): void;
}

/** `now` is AWS time; `recorded` sees every event as it is added; `past` are those of a process before. */
export function createHistory(
  now: () => number,
  recorded: (event: HistoryEvent) => void,
  past: readonly HistoryEvent[] = [],
): History {
  let events = [...past];
  let size = past.reduce((sum, event) => sum + sizeOf(event), 0);
  let reload: (() => readonly HistoryEvent[]) | undefined;
  const add = (event: NewEvent, previousEventId: number) => {
    const added = {
      ...event,
      timestamp: new Date(now()),
      id: events.length + 1,
      previousEventId,
    };
    events.push(added);
    size += sizeOf(added);
    recorded(added);
    return added;
  };
  return {
    get events() {
      return reload?.() ?? events;
    },
    get size() {
      return size;
    },
    release(read) {
      reload = read;
      events = [];
      size = 0;
    },
    record(event, previous) {
      if (events.length >= mostEvents - 1)
        throw new StateFailure(
          "States.Runtime",
          `The execution reached the maximum number of history events (${mostEvents}).`,
        );
      return add(event, previous);
    },
    end: add,
  };
}

/** Its texts are nearly all of an event. */
function sizeOf(event: HistoryEvent): number {
  let size = 100;
  for (const details of Object.values(event)) {
    if (typeof details !== "object") continue;
    for (const text of Object.values(details)) if (typeof text === "string") size += text.length;
  }
  return size;
}
