import type { Clock } from "./clock.ts";
import { timerQueue } from "./timer-queue.ts";

/** setTimeout takes no more than this. */
const longestTimeout = 2 ** 31 - 1;

/** A clock that runs by itself. */
export interface RunningClock extends Clock {
  /** From now on, AWS time runs so many times as fast as the wall's. Throws RangeError unless that is above 0. */
  runAt(speed: number): void;
}

/** AWS time that runs `speed` times as fast as the wall's, from `start` (milliseconds since the epoch; default now). */
export function runningClock(options: { speed?: number; start?: number } = {}): RunningClock {
  let speed = checked(options.speed ?? 1);
  let start = options.start ?? Date.now();
  let wallStart = performance.now();
  const timers = timerQueue();
  let timeout: NodeJS.Timeout | undefined;
  let closed = false;

  const now = () => start + (performance.now() - wallStart) * speed;
  const arm = () => {
    clearTimeout(timeout);
    const next = timers.next();
    if (next === undefined || next === Number.POSITIVE_INFINITY) return;
    timeout = setTimeout(fire, Math.min(longestTimeout, Math.max(0, Math.ceil((next - now()) / speed))));
  };
  const fire = () => {
    try {
      for (let timer = timers.take(now()); timer !== undefined; timer = timers.take(now())) timer.action();
    } finally {
      arm();
    }
  };

  return {
    runAt(wanted) {
      [speed, start, wallStart] = [checked(wanted), now(), performance.now()];
      arm();
    },
    now: () => Math.floor(now()),
    after(ms, action) {
      if (closed) return { cancel() {} };
      const timer = timers.add(now() + Math.max(0, ms), action);
      arm();
      return timer;
    },
    busy: () => () => {},
    close() {
      closed = true;
      timers.clear();
      clearTimeout(timeout);
    },
  };
}

function checked(speed: number): number {
  if (speed > 0 && Number.isFinite(speed)) return speed;
  throw new RangeError(`speed is ${speed}; it is a number above 0`);
}
