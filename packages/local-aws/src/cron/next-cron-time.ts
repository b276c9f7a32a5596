import { Cron } from "croner";
import { timeZone } from "./time-zone.ts";

/**
 * When a pattern of `parseCron` is next met in a time zone, at `from` or later; undefined if never. Milliseconds. A time that the clocks
 * skip in spring is skipped, one that they show twice in autumn is met once, as Scheduler has it.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 */
export function nextCronTime(pattern: string, zoneName: string, from: number): number | undefined {
  const zone = timeZone(zoneName);
  const cron = new Cron(pattern, { timezone: "UTC", paused: true, mode: "7-part" });
  // croner looks after a time, not at it, and knows nothing of zones here.
  let wall = cron.nextRun(new Date(zone.wallTime(from) - 1));
  while (wall !== null) {
    const due = zone.instant(wall.getTime());
    if (due !== undefined && due >= from) return due;
    wall = cron.nextRun(wall);
  }
  return undefined;
}
