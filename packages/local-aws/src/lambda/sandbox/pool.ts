import type { Lingering } from "./lingering.ts";
import type { FunctionFailure, Invocation } from "./messages.ts";
import type { Frozen, Outcome, Sandbox } from "./sandbox.ts";

export interface PoolLimits {
  /** Threads at a time. Further invocations wait for one. */
  readonly sandboxes: number;
  /** Wall time after which an unused thread is let go, milliseconds, or lingers. */
  readonly idleMs: number;
  readonly lingering: Lingering;
}

/** The execution environments of one function. */
export interface Pool {
  /**
   * `begin` makes the invocation when its turn has come, so that its deadline does not run while it waits. `whenFrozen` hears of a
   * handler that freezes.
   */
  run(begin: () => Invocation, whenFrozen: (frozen: Frozen) => void): Promise<Outcome>;
  /** Lets the invocations there are finish and keeps no thread after them. */
  retire(): void;
  /** Ends running and waiting invocations as failures. */
  close(): Promise<void>;
}

/** More at once would only slow each other down. */
const STARTS_AT_ONCE = 2;

const CLOSED: FunctionFailure = { errorType: "Runtime.ExitError", errorMessage: "Lambda is closed" };

export function sandboxPool(
  start: () => Promise<Sandbox | FunctionFailure>,
  { sandboxes, idleMs, lingering }: PoolLimits,
): Pool {
  const all = new Set<Sandbox>();
  const idle: { readonly sandbox: Sandbox; wake: () => void }[] = [];
  const waiting: ((given: Sandbox | FunctionFailure) => void)[] = [];
  let starting = 0;
  let keeping = true;

  const drop = (sandbox: Sandbox) => {
    all.delete(sandbox);
    void sandbox.close();
  };

  const release = (sandbox: Sandbox) => {
    if (!sandbox.alive()) {
      all.delete(sandbox);
      grow();
      return;
    }
    const next = waiting.shift();
    if (next) next(sandbox);
    else if (!keeping) drop(sandbox);
    else rest(sandbox);
  };

  const rest = (sandbox: Sandbox) => {
    const reaper = setTimeout(() => {
      entry.wake = lingering.keep(() => reap(sandbox));
    }, idleMs).unref();
    const entry = { sandbox, wake: () => clearTimeout(reaper) };
    idle.push(entry);
  };

  const reap = (sandbox: Sandbox) => {
    const at = idle.findIndex((entry) => entry.sandbox === sandbox);
    if (at < 0) return;
    idle.splice(at, 1);
    drop(sandbox);
  };

  const grow = () => {
    while (starting < Math.min(waiting.length, STARTS_AT_ONCE) && all.size + starting < sandboxes) {
      starting += 1;
      void begin();
    }
  };

  const begin = async () => {
    const started = await start().catch(notStarted);
    starting -= 1;
    if ("errorType" in started) {
      waiting.shift()?.(started);
    } else {
      all.add(started);
      release(started);
    }
    grow();
  };

  const acquire = async (): Promise<Sandbox | FunctionFailure> => {
    for (let entry = idle.pop(); entry !== undefined; entry = idle.pop()) {
      entry.wake();
      if (entry.sandbox.alive()) return entry.sandbox;
      all.delete(entry.sandbox);
    }
    return new Promise((resolve) => {
      waiting.push(resolve);
      grow();
    });
  };

  const retire = () => {
    keeping = false;
    for (const { sandbox, wake } of idle.splice(0)) {
      wake();
      drop(sandbox);
    }
  };

  return {
    async run(beginInvocation, whenFrozen) {
      const sandbox = await acquire();
      if ("errorType" in sandbox) return { type: "failed", failure: sandbox };
      try {
        return await sandbox.run(beginInvocation(), whenFrozen);
      } finally {
        release(sandbox);
      }
    },
    retire,
    async close() {
      retire();
      for (const give of waiting.splice(0)) give(CLOSED);
      await Promise.all([...all].map((sandbox) => sandbox.close()));
    },
  };
}

function notStarted(error: unknown): FunctionFailure {
  return { errorType: "Runtime.InitError", errorMessage: String(error) };
}
