/** Counts work in flight, so that a clock which does not run by itself knows when to move. */
export interface InFlight {
  /** One more piece of work; call the answer when it is done. */
  begin(): () => void;
  /** Resolves when nothing has been in flight for a few turns of the event loop. */
  quiet(): Promise<void>;
}

/**
 * How many turns of the event loop without work count as quiet. A request on its way through a loopback socket is in
 * nobody's count for a turn or two, and an SDK client takes some more to sign the next one.
 */
const quietTurns = 24;

export function inFlight(): InFlight {
  let count = 0;
  let waiting: (() => void)[] = [];
  const idle = () =>
    count === 0 ? Promise.resolve() : new Promise<void>((resolve) => void waiting.push(resolve));

  return {
    begin() {
      count += 1;
      let done = false;
      return () => {
        if (done) return;
        done = true;
        count -= 1;
        if (count > 0) return;
        const woken = waiting;
        waiting = [];
        for (const wake of woken) wake();
      };
    },
    async quiet() {
      for (let turn = 0; turn < quietTurns; turn += 1) {
        if (count > 0) turn = 0;
        await idle();
        await new Promise<void>((resolve) => void setImmediate(resolve));
      }
    },
  };
}
