import * as z from "zod";

/** A minute of AWS time: whole minutes since the epoch. */
export const Minute = z.int().nonnegative().brand<"Minute">();
export type Minute = z.infer<typeof Minute>;

const MINUTE_MS = 60_000;

/** The minute that holds this time (milliseconds since the epoch). */
export const minuteAt = (ms: number): Minute => Minute.parse(Math.floor(ms / MINUTE_MS));

/** When the minute begins, in milliseconds since the epoch. */
export const minuteStart = (minute: number): number => minute * MINUTE_MS;

/** When the minute ends, which is when the next one begins. */
export const minuteEnd = (minute: number): number => minuteStart(minute + 1);
