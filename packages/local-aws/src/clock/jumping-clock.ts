import type { Clock } from "./clock.ts";
import { inFlight } from "./in-flight.ts";
import { timerQueue } from "./timer-queue.ts";

/**
 * A clock that jumps to its next timer whenever nothing is in flight, so that a day passes in seconds. It starts at
 * `start` (milliseconds since the epoch) and stands still while there is no timer. With a recurring timer it never rests.
 */
export function jumpingClock(start: number = Date.UTC(2026, 0, 1)): Clock {
  const timers = timerQueue();
  const work = inFlight();
  let now = start;
  let jumping = false;
  let closed = false;

  const hasTimer = () => (timers.next() ?? Number.POSITIVE_INFINITY) < Number.POSITIVE_INFINITY;
  const jump = async () => {
    if (jumping) return;
    jumping = true;
    try {
      while (hasTimer()) {
        await work.quiet();
        const timer = timers.take(Number.MAX_VALUE);
        if (timer === undefined) break;
        now = Math.max(now, timer.due);
        timer.action();
      }
    } finally {
      jumping = false;
      if (hasTimer()) void jump();
    }
  };

  return {
    speed: undefined,
    now: () => now,
    after(ms, action) {
      if (closed) return { cancel() {} };
      const timer = timers.add(now + Math.max(0, ms), action);
      void jump();
      return timer;
    },
    busy: work.begin,
    close() {
      closed = true;
      timers.clear();
    },
  };
}
