import type { Strand } from "./strand.ts";

/**
 * Lets a strand wait without holding the clock. `begin` starts what it waits for, is given `wake`, and returns how to stop
 * it. The first `wake` counts: its answer, or what it throws, is the outcome. Rejects with the signal's reason when the
 * strand must stop. The clock is held again in the very turn that ends the wait, so that time cannot slip away.
 */
export function pause<T>(
  strand: Strand,
  begin: (wake: (outcome: () => T) => void) => () => void,
): Promise<T> {
  const { signal, attention } = strand;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    let over = false;
    let stop: (() => void) | undefined;
    const wake = (outcome: () => T) => {
      if (over) return;
      over = true;
      stop?.();
      signal.removeEventListener("abort", aborted);
      attention.take();
      try {
        resolve(outcome());
      } catch (failure) {
        reject(failure);
      }
    };
    const aborted = () =>
      wake(() => {
        throw signal.reason;
      });
    signal.addEventListener("abort", aborted);
    attention.release();
    stop = begin(wake);
    if (over) stop();
  });
}

/** Waits until a time, milliseconds of AWS time since the epoch. */
export function sleepUntil(strand: Strand, at: number): Promise<void> {
  const { clock } = strand.surroundings.platform;
  return pause(strand, (wake) => {
    const timer = clock.after(at - clock.now(), () => wake(() => undefined));
    return () => timer.cancel();
  });
}
