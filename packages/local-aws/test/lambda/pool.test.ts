import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { lingering } from "../../src/lambda/sandbox/lingering.ts";
import { sandboxPool } from "../../src/lambda/sandbox/pool.ts";

const HOUR = 3_600_000;

/** A function whose threads are counted, and are unused at once. */
function counted(shared: ReturnType<typeof lingering>) {
  const ends = new EventTarget();
  const threads = { started: 0, closed: 0 };
  const start = async () => {
    threads.started += 1;
    return {
      alive: () => true,
      run: async () => ({ type: "returned" as const, payload: "{}" }),
      async close() {
        threads.closed += 1;
        ends.dispatchEvent(new Event("closed"));
      },
    };
  };
  const pool = sandboxPool(start, { sandboxes: 2, idleMs: 0, lingering: shared });
  const invocation = { requestId: "r", functionArn: "arn", payload: "{}", deadline: 0 };
  const none = { clientContext: undefined, gateway: undefined, mishap: undefined };
  const run = () =>
    pool.run(
      () => ({ ...invocation, ...none }),
      () => {},
    );
  return { threads, pool, run, closed: () => once(ends, "closed") };
}

describe("threads that nobody uses", () => {
  test("are kept for a while, the latest of all functions, and let go when others come", async () => {
    const shared = lingering({ most: 1, ms: HOUR });
    const [one, other] = [counted(shared), counted(shared)];
    await one.run();
    const gone = one.closed();
    await other.run();
    await gone;
    expect([one.threads, other.threads]).toEqual([
      { started: 1, closed: 1 },
      { started: 1, closed: 0 },
    ]);
    await other.run();
    expect(other.threads).toEqual({ started: 1, closed: 0 });
    await other.pool.close();
    expect(other.threads).toEqual({ started: 1, closed: 1 });
  });

  test("are let go when their time is over", async () => {
    const one = counted(lingering({ most: 1, ms: 0 }));
    const gone = one.closed();
    await one.run();
    await gone;
    expect(one.threads).toEqual({ started: 1, closed: 1 });
  });
});
