import type { Timer } from "./clock.ts";

/** Timers in the order they are due; of those due together, the first one added comes first. Times are milliseconds. */
export interface TimerQueue {
  add(due: number, action: () => void): Timer;
  /** When the next timer is due; undefined if there is none. */
  next(): number | undefined;
  /** Takes out the next timer if it is due at `now`. */
  take(now: number): { readonly due: number; readonly action: () => void } | undefined;
  clear(): void;
}

export function timerQueue(): TimerQueue {
  const entries: { readonly due: number; readonly action: () => void }[] = [];
  return {
    add(due, action) {
      if (Number.isNaN(due)) throw new RangeError("a timer needs a number of milliseconds");
      const entry = { due, action };
      entries.splice(placeAfter(entries, due), 0, entry);
      return {
        cancel() {
          const at = entries.indexOf(entry);
          if (at >= 0) entries.splice(at, 1);
        },
      };
    },
    next: () => entries[0]?.due,
    take: (now) => ((entries[0]?.due ?? Number.POSITIVE_INFINITY) <= now ? entries.shift() : undefined),
    clear: () => {
      entries.length = 0;
    },
  };
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
