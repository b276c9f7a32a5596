import type { RunningClock } from "@espalier/local-aws";

/** How often the orders are counted, in milliseconds of wall time. */
const LOOK_MS = 1_000;

/** Time never stands still: a rollout whose orders stay away altogether still comes to its deadlines. */
const SLOWEST = 0.05;

/** Whose pace is kept: the clock, the speed that was asked for, how many orders are due in a second, and were answered so far. */
export interface Pace {
  readonly clock: Pick<RunningClock, "runAt">;
  readonly speed: number;
  readonly perSecond: number;
  answered(): number;
}

/**
 * Slows AWS time down as orders fall behind, so that a minute of it has as many of them on a busy machine as on an idle one:
 * a bake that saw next to no requests would promote any version. Ends with the answer's call.
 */
export function keepPace({ clock, speed, perSecond, answered }: Pace): () => void {
  let [at, counted] = [performance.now(), answered()];
  const timer = setInterval(() => {
    const [now, count] = [performance.now(), answered()];
    clock.runAt(speed * paceOf(count - counted, (perSecond * (now - at)) / 1_000));
    [at, counted] = [now, count];
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** The part of full speed at which time passes where so many orders were answered of those due. */
export const paceOf = (answered: number, due: number): number =>
  Math.min(1, Math.max(SLOWEST, answered / due));
