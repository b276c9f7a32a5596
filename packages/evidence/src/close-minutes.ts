import * as z from "zod";
import { ArmCounts } from "./counts.ts";
import { Minute, minuteEnd } from "./minute.ts";

/** One arm's series in one minute. Null says that no datum is there (yet), which is not the same as zero. */
export const ArmReading = z.object({
  requests: z.number().nonnegative().nullable(),
  bad: z.number().nonnegative().nullable(),
});
export type ArmReading = z.infer<typeof ArmReading>;

/** What could be read about one minute. It may be read again, and differ, until the minute is closed. */
export const Reading = z.object({ minute: Minute, candidate: ArmReading, stable: ArmReading });
export type Reading = z.infer<typeof Reading>;

/** A minute that will not be looked at again: counted in both arms, or given up as missing. */
export const ClosedMinute = z.discriminatedUnion("type", [
  z.object({ type: z.literal("counted"), minute: Minute, ...ArmCounts.shape }),
  z.object({ type: z.literal("missing"), minute: Minute }),
]);
export type ClosedMinute = z.infer<typeof ClosedMinute>;

/** How long after its end a minute may stay incomplete before it counts as missing. */
export const MISSING_AFTER_MS = 5 * 60_000;

/**
 * Closes the minutes after `after` that can be closed at time `at` (milliseconds), in order and each once. An incomplete
 * minute holds back the ones behind it until it is complete or missing; readings of minutes already closed are dropped.
 */
export function closeMinutes(after: Minute, readings: readonly Reading[], at: number): ClosedMinute[] {
  const byMinute = new Map(readings.map((reading) => [reading.minute, reading]));
  const closed: ClosedMinute[] = [];
  for (let minute = Minute.parse(after + 1); minuteEnd(minute) <= at; minute = Minute.parse(minute + 1)) {
    const one = close(minute, byMinute.get(minute), at);
    if (one === undefined) break;
    closed.push(one);
  }
  return closed;
}

function close(minute: Minute, reading: Reading | undefined, at: number): ClosedMinute | undefined {
  const candidate = complete(reading?.candidate);
  const stable = complete(reading?.stable);
  if (candidate && stable) return { type: "counted", minute, candidate, stable };
  return at >= minuteEnd(minute) + MISSING_AFTER_MS ? { type: "missing", minute } : undefined;
}

function complete(arm: ArmReading | undefined) {
  if (arm === undefined || arm.requests === null || arm.bad === null) return undefined;
  return { requests: arm.requests, bad: arm.bad };
}
