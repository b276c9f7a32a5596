import type { Clock } from "./clock.ts";
import { inFlight } from "./in-flight.ts";
import { timerQueue } from "./timer-queue.ts";

/** A clock that moves on whenever there is nothing else to do. */
export interface JumpingClock extends Clock {
  /** Resolves when nothing is in flight and no timer but those in the background is left: nothing more happens by itself. */
  rested(): Promise<void>;
}

/**
 * A clock that jumps to its next timer whenever nothing is in flight, so that a day passes in seconds. It starts at
 * `start` (milliseconds since the epoch) and rests while there is no timer, or only ones in the background.
 */
export function jumpingClock(start: number = Date.UTC(2026, 0, 1)): JumpingClock {
  const timers = timerQueue();
  const work = inFlight();
  let now = start;
  let jumping: Promise<void> | undefined;
  let jumps = 0;
  let closed = false;

  const jump = async () => {
    while (timers.awaited()) {
      await work.quiet();
      const timer = timers.awaited() ? timers.take(Number.MAX_VALUE) : undefined;
      if (timer === undefined) break;
      now = Math.max(now, timer.due);
      jumps += 1;
      timer.action();
    }
  };
  const wake = () => {
    jumping ??= jump().finally(() => {
      jumping = undefined;
      if (timers.awaited()) wake();
    });
  };

  return {
    now: () => now,
    after(ms, action, importance) {
      if (closed) return { cancel() {} };
      const timer = timers.add(now + Math.max(0, ms), action, importance);
      if (timers.awaited()) wake();
      return timer;
    },
    busy: work.begin,
    async rested() {
      let seen: number;
      do {
        seen = jumps;
        await jumping;
        await work.quiet();
      } while (jumping !== undefined || jumps !== seen);
    },
    close() {
      closed = true;
      timers.clear();
    },
  };
}
