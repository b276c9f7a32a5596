import type { Clock } from "../clock/clock.ts";
import type { Mishap } from "./mishap.ts";
import type { Frozen, Outcome } from "./sandbox/sandbox.ts";

/** Runs a handler which, where it freezes, counts as timed out at once and goes on when the mishap says, on AWS time. */
export function runOrTimeOut(
  clock: Clock,
  mishap: Mishap | undefined,
  run: (whenFrozen: (frozen: Frozen) => void) => Promise<Outcome>,
): Promise<Outcome> {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  const ran = run(({ failure, thaw }) => {
    clock.after(mishap?.type === "freeze" ? mishap.thawAfter : 0, () => {
      const done = clock.busy();
      ran.then(done, done);
      thaw();
    });
    resolve({ type: "failed", failure });
  });
  ran.then(resolve, reject);
  return promise;
}
