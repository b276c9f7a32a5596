import { Cron } from "croner";
import { fromMillis, type Instant, toMillis } from "../instant.ts";
import type { Window } from "../request/window.ts";

/** Whether any of the windows is open at a time, and until when that is so at least; null for ever. Without windows all times are. */
export function windowsAt(windows: readonly Window[], at: Instant): { open: boolean; until: Instant | null } {
  if (windows.length === 0) return { open: true, until: null };
  const now = toMillis(at);
  const closings = windows.flatMap((window) => closingOf(window, now) ?? []);
  if (closings.length > 0) return { open: true, until: fromMillis(Math.max(...closings)) };
  const openings = windows.flatMap((window) => nextRun(window, now) ?? []);
  return { open: false, until: openings.length === 0 ? null : fromMillis(Math.min(...openings)) };
}

/** When the window that is open now closes, in milliseconds; undefined if it is closed. */
function closingOf(window: Window, now: number): number | undefined {
  const lasts = window.minutes * 60_000;
  const opened = nextRun(window, now - lasts);
  return opened === undefined || opened > now ? undefined : opened + lasts;
}

/** The first opening after a time. */
function nextRun({ opens, timeZone }: Window, after: number): number | undefined {
  const cron = new Cron(opens, { paused: true, timezone: timeZone });
  return cron.nextRun(new Date(after))?.getTime();
}
