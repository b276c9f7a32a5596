import { Minute } from "@espalier/evidence";
import { describe, expect, test } from "vitest";
import {
  type FormSeries,
  type GroupSeries,
  readingOf,
  type Series,
  slowReadingOf,
} from "../adapters/group-series.ts";

const minute = Minute.parse(100);
const nothing: Series = new Map();
const datum = (value: number): Series => new Map([[minute, value]]);

const form = (change: Partial<FormSeries> = {}): FormSeries => ({
  ...{ requests: nothing, bad: nothing, timed: nothing, slow: {} },
  ...change,
});

function group(change: Partial<GroupSeries> = {}): GroupSeries {
  return { whole: form(), zones: [], ...change };
}

describe("what a target group served in a minute", () => {
  test("is read from the series over all zones where there is one, and the zones are not added to it", () => {
    const both = group({
      whole: form({ requests: datum(60), bad: datum(2) }),
      zones: [form({ requests: datum(60), bad: datum(2) })],
    });
    expect(readingOf(both, minute)).toEqual({ requests: 60, bad: 2 });
  });

  test("is the sum over the zones where it is counted by zone only", () => {
    const zones = [
      form({ requests: datum(40), bad: datum(1) }),
      form({ requests: datum(20), bad: datum(0) }),
      form({ requests: nothing, bad: nothing }),
    ];
    expect(readingOf(group({ zones }), minute)).toEqual({ requests: 60, bad: 1 });
  });

  test("is late while one zone has counted requests and no errors", () => {
    const zones = [form({ requests: datum(40), bad: datum(1) }), form({ requests: datum(20), bad: nothing })];
    expect(readingOf(group({ zones }), minute)).toEqual({ requests: 60, bad: null });
  });

  test("is not known, rather than nothing, where no series has it", () => {
    expect(readingOf(group(), minute)).toEqual({ requests: null, bad: null });
    expect(readingOf(undefined, minute)).toEqual({ requests: null, bad: null });
  });

  test("of a series that has other minutes is not known in this one, even if a zone would know", () => {
    const other: Series = new Map([[Minute.parse(99), 5]]);
    const mixed = group({
      whole: form({ requests: other, bad: other }),
      zones: [form({ requests: datum(9), bad: datum(0) })],
    });
    expect(readingOf(mixed, minute)).toEqual({ requests: null, bad: null });
  });
});

describe("what of it was slow", () => {
  const slow = (change: Partial<FormSeries>) => slowReadingOf(group({ whole: form(change) }), minute, "p90");

  test("is counted out of the requests whose time was measured", () => {
    const counted = { requests: datum(60), timed: datum(59), slow: { p90: datum(6) } };
    expect(slow(counted)).toEqual({ requests: 59, bad: 6 });
  });

  test("is late while requests were counted and no times", () => {
    expect(slow({ requests: datum(60) })).toEqual({ requests: null, bad: null });
    expect(slow({ requests: datum(60), timed: datum(60) })).toEqual({ requests: 60, bad: null });
  });

  test("is nothing where there were no requests, and not known where these are not known", () => {
    expect(slow({ requests: datum(0) })).toEqual({ requests: 0, bad: 0 });
    expect(slow({ timed: datum(9), slow: { p90: datum(1) } })).toEqual({ requests: null, bad: null });
  });

  test("is the sum over the zones, of which an idle one has no times", () => {
    const busy = form({ requests: datum(40), timed: datum(40), slow: { p90: datum(4) } });
    const idle = form({ requests: datum(0) });
    expect(slowReadingOf(group({ zones: [busy, idle, busy] }), minute, "p90")).toEqual({
      requests: 80,
      bad: 8,
    });
    const late = form({ requests: datum(1) });
    expect(slowReadingOf(group({ zones: [busy, late] }), minute, "p90")).toEqual({
      requests: null,
      bad: null,
    });
  });
});
