import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { closeMinutes, Minute, minuteEnd, type Reading } from "../src/index.ts";

const after = Minute.parse(99);
const lag = 65_000;

function reading(minute: number, candidate: Partial<Reading["candidate"]> = {}): Reading {
  return {
    minute: Minute.parse(minute),
    candidate: { requests: 10, bad: 0, ...candidate },
    stable: { requests: 90, bad: 1 },
  };
}

const brief = (closed: ReturnType<typeof closeMinutes>) =>
  closed.map(({ type, minute }) => `${minute} ${type}`);

describe("a minute", () => {
  test("is counted when every series of both arms is there", () => {
    expect(closeMinutes(after, [reading(100)], minuteEnd(100) + lag)).toEqual([
      {
        type: "counted",
        minute: 100,
        candidate: { requests: 10, bad: 0 },
        stable: { requests: 90, bad: 1 },
      },
    ]);
  });

  test("is late, not clean, while requests are counted and errors are absent; it holds back later ones", () => {
    const readings = [reading(100, { bad: null }), reading(101)];
    expect(closeMinutes(after, readings, minuteEnd(101) + lag)).toEqual([]);
  });

  test("is missing five minutes after its end, and sets the later ones free", () => {
    const readings = [reading(100, { bad: null }), reading(101)];
    expect(brief(closeMinutes(after, readings, minuteEnd(100) + 299_999))).toEqual([]);
    expect(brief(closeMinutes(after, readings, minuteEnd(100) + 300_000))).toEqual([
      "100 missing",
      "101 counted",
    ]);
  });

  test.for([
    {
      of: "a candidate that nothing is told of",
      candidate: { requests: null, bad: null },
      silent: "candidate",
    },
    { of: "a candidate whose errors never came", candidate: { bad: null }, silent: false },
  ])("of $of is missing, and silent is $silent", ({ candidate, silent }) => {
    const [closed] = closeMinutes(after, [reading(100, candidate)], minuteEnd(100) + 300_000);
    expect(closed).toMatchObject({ type: "missing", minute: 100, silent });
  });

  test("of which nothing is told of either arm is missing, and silent of both", () => {
    const nothing = { requests: null, bad: null };
    const read = { ...reading(100, nothing), stable: nothing };
    expect(closeMinutes(after, [read], minuteEnd(100) + 300_000)).toMatchObject([
      { type: "missing", minute: 100, silent: "both" },
    ]);
  });

  test("of which nothing at all was read is missing, and not silent: nobody knows", () => {
    expect(closeMinutes(after, [], minuteEnd(100) + 300_000)).toMatchObject([
      { type: "missing", minute: 100, silent: false },
    ]);
  });

  test("is never closed while it runs, whatever can be read of it", () => {
    expect(closeMinutes(after, [reading(100)], minuteEnd(100) - 1)).toEqual([]);
  });

  test("that was closed before is dropped when it is read again", () => {
    expect(brief(closeMinutes(Minute.parse(100), [reading(100), reading(101)], minuteEnd(101)))).toEqual([
      "101 counted",
    ]);
  });
});

test("however the looks fall, every minute is closed once and in order", () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 });
  const holes = fc.array(fc.boolean(), { minLength: 200, maxLength: 200 });
  fc.assert(
    fc.property(gaps, holes, (seconds, absent) => {
      let through = after;
      let at = minuteEnd(after);
      const seen: number[] = [];
      for (const gap of seconds) {
        at += gap * 1000;
        const readings = absent.map((hole, k) => reading(100 + k, hole ? { requests: null } : {}));
        for (const { minute } of closeMinutes(through, readings, at)) {
          seen.push(minute);
          through = minute;
        }
      }
      expect(seen).toEqual(seen.map((_, k) => 100 + k));
    }),
  );
});
