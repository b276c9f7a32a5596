import type { Clock } from "../../clock/clock.ts";

/** A limit that has passed only when it has passed on every one of `clocks`. */
export interface Limit {
  readonly clocks: readonly Clock[];
  readonly ms: number;
  /** Called in the turn in which the limit passes; its answer is the failure. */
  readonly expired: () => Error;
}

/** Waits for work that cannot be interrupted; what it answers after the limit or after `signal` is dropped. */
export function within<T>(work: Promise<T>, signal: AbortSignal, limit: Limit | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      for (const timer of timers) timer.cancel();
      signal.removeEventListener("abort", aborted);
      settle();
    };
    const aborted = () => finish(() => reject(signal.reason));
    let left = limit?.clocks.length ?? 0;
    const timers = (limit?.clocks ?? []).map((clock) =>
      clock.after(limit?.ms ?? 0, () => {
        left -= 1;
        if (left === 0) finish(() => reject(limit?.expired()));
      }),
    );
    signal.addEventListener("abort", aborted);
    work.then(
      (value) => finish(() => resolve(value)),
      (failure) => finish(() => reject(failure)),
    );
  });
}
