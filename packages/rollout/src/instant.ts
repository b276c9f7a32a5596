import * as z from "zod";

/** A point in AWS time, as ISO 8601 in UTC: what Step Functions and EventBridge hand in. */
export const Instant = z.iso.datetime();
export type Instant = z.infer<typeof Instant>;

/** Milliseconds since the epoch. */
export const toMillis = (instant: Instant): number => Date.parse(instant);

/** The instant at these milliseconds since the epoch. */
export const fromMillis = (ms: number): Instant => new Date(ms).toISOString();
