import * as z from "zod";
import { ArmCounts } from "./counts.ts";
import { Minute, minuteEnd } from "./minute.ts";

/** One arm's series in one minute. Null says that no datum is there (yet), which is not the same as zero. */
export const ArmReading = z.object({
  requests: z.number().nonnegative().nullable(),
  bad: z.number().nonnegative().nullable(),
});
export type ArmReading = z.infer<typeof ArmReading>;

const bothReadings = { candidate: ArmReading, stable: ArmReading };

/**
 * What could be read about one minute: errors, and slow requests by metric where latency is measured. It may be read again,
 * and differ, until the minute is closed.
 */
export const Reading = z.object({
  minute: Minute,
  ...bothReadings,
  slow: z.record(z.string(), z.object(bothReadings)).optional(),
});
export type Reading = z.infer<typeof Reading>;

const Silent = z.union([z.literal(false), z.enum(["candidate", "both"])]);

/**
 * A minute that will not be looked at again: counted in both arms, or given up as missing. `silent`: of this arm, or of
 * both, there was no datum at all, and the other one was counted. Lattice tells nothing of a target group before its first request,
 * so to one that was never counted this is a minute without traffic.
 */
export const ClosedMinute = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("counted"),
    minute: Minute,
    ...ArmCounts.shape,
    slow: z.record(z.string(), ArmCounts).optional(),
  }),
  z.object({
    type: z.literal("missing"),
    minute: Minute,
    silent: Silent.default(false),
    /** What the stable arm served where the candidate alone was silent: by it one can tell silence from no traffic. */
    stableRequests: z.number().nonnegative().default(0),
  }),
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
  const late = at >= minuteEnd(minute) + MISSING_AFTER_MS;
  const errors = both(reading);
  const slow = Object.entries(reading?.slow ?? {}).map(([name, arms]) => [name, both(arms)] as const);
  if (errors === undefined) return late ? missing(minute, reading) : undefined;
  if (!late && slow.some(([, counts]) => counts === undefined)) return undefined;
  if (reading?.slow === undefined) return { type: "counted", minute, ...errors };
  const present = slow.flatMap(([name, counts]) => (counts ? [[name, counts] as const] : []));
  return { type: "counted", minute, ...errors, slow: Object.fromEntries(present) };
}

function missing(minute: Minute, reading: Reading | undefined): ClosedMinute {
  const silent = silentIn(reading);
  const stableRequests = silent === "candidate" ? (reading?.stable.requests ?? 0) : 0;
  return { type: "missing", minute, silent, stableRequests };
}

function silentIn(reading: Reading | undefined): z.infer<typeof Silent> {
  if (reading === undefined || !isAbsent(reading.candidate)) return false;
  if (isAbsent(reading.stable)) return "both";
  return complete(reading.stable) === undefined ? false : "candidate";
}

const isAbsent = ({ requests, bad }: ArmReading) => requests === null && bad === null;

function both(arms: Pick<Reading, "candidate" | "stable"> | undefined): ArmCounts | undefined {
  const candidate = complete(arms?.candidate);
  const stable = complete(arms?.stable);
  return candidate && stable && { candidate, stable };
}

function complete(arm: ArmReading | undefined) {
  if (arm === undefined || arm.requests === null || arm.bad === null) return undefined;
  return { requests: arm.requests, bad: arm.bad };
}
