import type { Clock, Timer } from "./clock.ts";

/** The same time as `clock`, whose timers end with this one's `close`; `clock` itself goes on. */
export function boundedClock(clock: Clock): Clock {
  const timers = new Set<Timer>();
  let closed = false;
  return {
    now: clock.now,
    after(ms, action, importance) {
      if (closed) return { cancel() {} };
      const timer = clock.after(
        ms,
        () => {
          timers.delete(timer);
          action();
        },
        importance,
      );
      timers.add(timer);
      return {
        cancel() {
          timers.delete(timer);
          timer.cancel();
        },
      };
    },
    busy: () => (closed ? () => {} : clock.busy()),
    close() {
      closed = true;
      for (const timer of timers) timer.cancel();
      timers.clear();
    },
  };
}
