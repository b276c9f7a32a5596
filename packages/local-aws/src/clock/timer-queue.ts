import type { Timer } from "./clock.ts";

/** Timers in the order they are due; of those due together, the first one added comes first. Times are milliseconds. */
export interface TimerQueue {
  /** One in the background is not counted as `awaited`. */
  add(due: number, action: () => void, importance?: "foreground" | "background"): Timer;
  /** When the next timer is due; undefined if there is none. */
  next(): number | undefined;
  /** Whether there is a timer in the foreground that is due at some time. */
  awaited(): boolean;
  /** Takes out the next timer if it is due at `now`. */
  take(now: number): { readonly due: number; readonly action: () => void } | undefined;
  clear(): void;
}

export function timerQueue(): TimerQueue {
  const entries: Entry[] = [];
  let foreground = 0;
  const remove = (at: number) => {
    const [entry] = entries.splice(at, 1);
    if (entry?.awaited) foreground -= 1;
    return entry;
  };
  return {
    add(due, action, importance = "foreground") {
      if (Number.isNaN(due)) throw new RangeError("a timer needs a number of milliseconds");
      const awaited = importance === "foreground" && due < Number.POSITIVE_INFINITY;
      const entry = { due, action, awaited };
      entries.splice(placeAfter(entries, due), 0, entry);
      if (awaited) foreground += 1;
      return {
        cancel() {
          const at = entries.indexOf(entry);
          if (at >= 0) remove(at);
        },
      };
    },
    next: () => entries[0]?.due,
    awaited: () => foreground > 0,
    take: (now) => ((entries[0]?.due ?? Number.POSITIVE_INFINITY) <= now ? remove(0) : undefined),
    clear() {
      entries.length = 0;
      foreground = 0;
    },
  };
}

interface Entry {
  readonly due: number;
  readonly action: () => void;
  readonly awaited: boolean;
}

/** Where a timer due at `due` goes: behind all that are due no later. */
function placeAfter(entries: readonly { readonly due: number }[], due: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.due ?? due) <= due) low = middle + 1;
    else high = middle;
  }
  return low;
}
