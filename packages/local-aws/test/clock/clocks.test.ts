import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { jumpingClock } from "../../src/clock/jumping-clock.ts";
import { manualClock } from "../../src/clock/manual-clock.ts";
import { runningClock } from "../../src/clock/running-clock.ts";

const hour = 3_600_000;

describe("a running clock", () => {
  test("passes an hour of AWS time in a few milliseconds at a high speed", async () => {
    const clock = runningClock({ speed: 1_000_000, start: 0 });
    await new Promise<void>((resolve) => void clock.after(hour, resolve));
    expect(clock.now()).toBeGreaterThanOrEqual(hour);
    clock.close();
  });

  test("runs timers in the order they are due and none that was cancelled", async () => {
    const clock = runningClock({ speed: 1000 });
    const ran: string[] = [];
    clock.after(3000, () => ran.push("late"));
    clock.after(1000, () => ran.push("early"));
    clock.after(2000, () => ran.push("cancelled")).cancel();
    await new Promise<void>((resolve) => void clock.after(4000, resolve));
    expect(ran).toEqual(["early", "late"]);
    clock.close();
  });

  test("goes on from where it was at another speed, timers that wait included", async () => {
    const clock = runningClock({ speed: 1, start: 0 });
    const due = new Promise<void>((resolve) => void clock.after(hour, resolve));
    clock.runAt(1_000_000);
    await due;
    const then = clock.now();
    expect(then).toBeGreaterThanOrEqual(hour);
    clock.runAt(0.001);
    expect(clock.now()).toBeGreaterThanOrEqual(then);
    expect(() => clock.runAt(0)).toThrow(RangeError);
    clock.close();
  });

  test.for([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses a speed of %d", (speed) => {
    expect(() => runningClock({ speed })).toThrow(RangeError);
  });

  test("keeps a timer that is due later than setTimeout can wait", async () => {
    const clock = runningClock({ speed: 1 });
    let ran = false;
    const timer = clock.after(40 * 24 * hour, () => {
      ran = true;
    });
    await turn();
    await turn();
    expect(ran).toBe(false);
    timer.cancel();
    clock.close();
  });
});

describe("a manual clock", () => {
  test("stands still until it is advanced, and then stops exactly there", async () => {
    const clock = manualClock(1000);
    expect(clock.now()).toBe(1000);
    await clock.advance(500);
    expect(clock.now()).toBe(1500);
  });

  test("runs each timer at its own time, those set on the way included", async () => {
    const clock = manualClock(0);
    const ran: [string, number][] = [];
    clock.after(20, () => ran.push(["second", clock.now()]));
    clock.after(10, () => {
      ran.push(["first", clock.now()]);
      clock.after(5, () => ran.push(["set by first", clock.now()]));
    });
    clock.after(31, () => ran.push(["beyond", clock.now()]));
    await clock.advance(30);
    expect(ran).toEqual([
      ["first", 10],
      ["set by first", 15],
      ["second", 20],
    ]);
  });

  test("waits for the work that a timer started before it runs the next", async () => {
    const clock = manualClock(0);
    const seen: string[] = [];
    clock.after(10, async () => {
      const done = clock.busy();
      for (let turns = 0; turns < 100; turns += 1) await turn();
      seen.push("work done");
      done();
      done();
    });
    clock.after(20, () => seen.push("next timer"));
    await clock.advance(20);
    expect(seen).toEqual(["work done", "next timer"]);
  });

  test("queues a move that is asked for during another", async () => {
    const clock = manualClock(0);
    await Promise.all([clock.advance(10), clock.advance(10)]);
    expect(clock.now()).toBe(20);
  });

  test("runs nothing after it is closed", async () => {
    const clock = manualClock(0);
    let ran = false;
    clock.after(1, () => {
      ran = true;
    });
    clock.close();
    clock.after(1, () => {
      ran = true;
    });
    await clock.advance(10);
    expect(ran).toBe(false);
  });
});

describe("a jumping clock", () => {
  test("jumps from timer to timer", async () => {
    const clock = jumpingClock(0);
    const at: number[] = [];
    await new Promise<void>((resolve) => {
      clock.after(24 * hour, () => {
        at.push(clock.now());
        resolve();
      });
      clock.after(hour, () => at.push(clock.now()));
    });
    expect(at).toEqual([hour, 24 * hour]);
  });

  test("does not move while work is in flight", async () => {
    const clock = jumpingClock(0);
    const done = clock.busy();
    const fired = new Promise<void>((resolve) => void clock.after(hour, resolve));
    for (let turns = 0; turns < 100; turns += 1) await turn();
    expect(clock.now()).toBe(0);
    done();
    await fired;
    expect(clock.now()).toBe(hour);
  });

  test("rests when only background timers are left, and runs those that come before another", async () => {
    const clock = jumpingClock(0);
    const ticks: number[] = [];
    const tick = () => {
      ticks.push(clock.now());
      clock.after(hour, tick, "background");
    };
    clock.after(hour, tick, "background");
    await clock.rested();
    expect(ticks).toEqual([]);
    clock.after(2.5 * hour, () => {});
    await clock.rested();
    expect(ticks).toEqual([hour, 2 * hour]);
    expect(clock.now()).toBe(2.5 * hour);
  });

  test("rests when the last timer was cancelled", async () => {
    const clock = jumpingClock(0);
    clock.after(hour, () => {}, "background");
    clock.after(5 * hour, () => {}).cancel();
    await clock.rested();
    expect(clock.now()).toBe(0);
  });

  test("has rested only when what its timers began is done", async () => {
    const clock = jumpingClock(0);
    const seen: string[] = [];
    clock.after(hour, async () => {
      const done = clock.busy();
      for (let turns = 0; turns < 100; turns += 1) await turn();
      clock.after(hour, () => seen.push("second"));
      seen.push("first");
      done();
    });
    await clock.rested();
    expect(seen).toEqual(["first", "second"]);
    expect(clock.now()).toBe(2 * hour);
  });
});
