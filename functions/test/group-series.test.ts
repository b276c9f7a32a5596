import { Minute } from "@espalier/evidence";
import { describe, expect, test } from "vitest";
import { type GroupSeries, readingOf, type Series } from "../adapters/group-series.ts";

const minute = Minute.parse(100);
const nothing: Series = new Map();
const datum = (value: number): Series => new Map([[minute, value]]);

function group(change: Partial<GroupSeries> = {}): GroupSeries {
  return { whole: { requests: nothing, bad: nothing }, zones: [], ...change };
}

describe("what a target group served in a minute", () => {
  test("is read from the series over all zones where there is one, and the zones are not added to it", () => {
    const both = group({
      whole: { requests: datum(60), bad: datum(2) },
      zones: [{ requests: datum(60), bad: datum(2) }],
    });
    expect(readingOf(both, minute)).toEqual({ requests: 60, bad: 2 });
  });

  test("is the sum over the zones where it is counted by zone only", () => {
    const zones = [
      { requests: datum(40), bad: datum(1) },
      { requests: datum(20), bad: datum(0) },
      { requests: nothing, bad: nothing },
    ];
    expect(readingOf(group({ zones }), minute)).toEqual({ requests: 60, bad: 1 });
  });

  test("is late while one zone has counted requests and no errors", () => {
    const zones = [
      { requests: datum(40), bad: datum(1) },
      { requests: datum(20), bad: nothing },
    ];
    expect(readingOf(group({ zones }), minute)).toEqual({ requests: 60, bad: null });
  });

  test("is not known, rather than nothing, where no series has it", () => {
    expect(readingOf(group(), minute)).toEqual({ requests: null, bad: null });
    expect(readingOf(undefined, minute)).toEqual({ requests: null, bad: null });
  });

  test("of a series that has other minutes is not known in this one, even if a zone would know", () => {
    const other: Series = new Map([[Minute.parse(99), 5]]);
    const mixed = group({
      whole: { requests: other, bad: other },
      zones: [{ requests: datum(9), bad: datum(0) }],
    });
    expect(readingOf(mixed, minute)).toEqual({ requests: null, bad: null });
  });
});
