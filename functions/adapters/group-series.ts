import type { ArmReading, Minute } from "@espalier/evidence";

/** One series' data by minute. */
export type Series = ReadonlyMap<Minute, number>;

/** The series of one target group: over all zones, and zone by zone. A group may have either form, or both. */
export interface GroupSeries {
  readonly whole: { readonly requests: Series; readonly bad: Series };
  readonly zones: readonly { readonly requests: Series; readonly bad: Series }[];
}

/**
 * What a group served in a minute, by one of the forms of its series: never by both, since each counts every request. A zone
 * that counted requests and no errors yet makes the minute late.
 */
export function readingOf(group: GroupSeries | undefined, minute: Minute): ArmReading {
  if (group === undefined) return { requests: null, bad: null };
  if (group.whole.requests.size > 0) {
    return { requests: group.whole.requests.get(minute) ?? null, bad: group.whole.bad.get(minute) ?? null };
  }
  const counted = group.zones.filter(({ requests }) => requests.has(minute));
  if (counted.length === 0) return { requests: null, bad: null };
  const late = counted.some(({ bad }) => !bad.has(minute));
  const sum = (of: (zone: (typeof counted)[number]) => Series) =>
    counted.reduce((total, zone) => total + (of(zone).get(minute) ?? 0), 0);
  return { requests: sum(({ requests }) => requests), bad: late ? null : sum(({ bad }) => bad) };
}
