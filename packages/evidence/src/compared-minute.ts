import * as z from "zod";
import type { ClosedMinute, Reading } from "./close-minutes.ts";
import { ArmCounts, Counts } from "./counts.ts";
import { Minute } from "./minute.ts";

/** Both arms' counts of one minute by metric. A metric that is not there was not measured in time, which is no evidence. */
export const MetricCounts = z.record(z.string(), ArmCounts);
export type MetricCounts = z.infer<typeof MetricCounts>;

/**
 * A closed minute of several metrics: counted in at least one of them, or given up as missing. `alone`: the candidate was to serve
 * all of it, so that there was nothing to compare with by intent and not by chance.
 */
export const ComparedMinute = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("counted"),
    minute: Minute,
    metrics: MetricCounts,
    alone: z.literal(true).optional(),
  }),
  z.object({ type: z.literal("missing"), minute: Minute }),
]);
export type ComparedMinute = z.infer<typeof ComparedMinute>;

/** One minute of the stable arm's history, by metric. */
export const PastMinute = z.record(z.string(), Counts);
export type PastMinute = z.infer<typeof PastMinute>;

/** A closed minute as a comparison takes it: errors beside the other metrics, and whether the candidate was to serve it alone. */
export function comparedMinute(closed: ClosedMinute, alone = false): ComparedMinute {
  if (closed.type === "missing") return { type: "missing", minute: closed.minute };
  const { minute, candidate, stable, slow } = closed;
  const metrics = { ...slow, errors: { candidate, stable } };
  return { type: "counted", minute, metrics, ...(alone ? { alone } : {}) };
}

/** What readings say of the stable arm before a minute, oldest first; minutes that were not counted are left out. */
export function pastMinutes(readings: readonly Reading[], before: Minute): PastMinute[] {
  return readings
    .filter(({ minute }) => minute < before)
    .sort((one, other) => one.minute - other.minute)
    .flatMap(({ stable, slow }) => {
      const arms = [
        ["errors", stable] as const,
        ...Object.entries(slow ?? {}).map(([name, both]) => [name, both.stable] as const),
      ];
      const counted = arms.flatMap(([name, { requests, bad }]) =>
        requests === null || bad === null ? [] : [[name, { requests, bad }] as const],
      );
      return counted.length === 0 ? [] : [Object.fromEntries(counted)];
    });
}
