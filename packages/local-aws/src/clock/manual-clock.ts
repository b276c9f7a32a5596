import type { Clock } from "./clock.ts";
import { inFlight } from "./in-flight.ts";
import { timerQueue } from "./timer-queue.ts";

/** A clock that stands still until it is told to move. */
export interface ManualClock extends Clock {
  /**
   * Moves on by `ms`, running each timer at its own time and letting what it started settle before the next. Resolves
   * when the work started by the last one has settled too. Moves are queued if one is under way.
   */
  advance(ms: number): Promise<void>;
}

/** A clock for tests, standing at `start` (milliseconds since the epoch). */
export function manualClock(start: number = Date.UTC(2026, 0, 1)): ManualClock {
  const timers = timerQueue();
  const work = inFlight();
  let now = start;
  let closed = false;
  let moves: Promise<void> = Promise.resolve();

  const move = async (ms: number) => {
    const end = now + ms;
    await work.quiet();
    for (let timer = timers.take(end); timer !== undefined; timer = timers.take(end)) {
      now = Math.max(now, timer.due);
      timer.action();
      await work.quiet();
    }
    now = Math.max(now, end);
    await work.quiet();
  };

  return {
    now: () => now,
    after: (ms, action) => (closed ? { cancel() {} } : timers.add(now + Math.max(0, ms), action)),
    busy: work.begin,
    advance(ms) {
      if (!(ms >= 0 && Number.isFinite(ms))) throw new RangeError(`cannot advance a clock by ${ms} ms`);
      const moved = moves.then(() => move(ms));
      moves = moved.catch(() => undefined);
      return moved;
    },
    close() {
      closed = true;
      timers.clear();
    },
  };
}
