import { Cron } from "croner";
import { parseRate } from "../events/rate.ts";
import { refuse } from "../events/refuse.ts";

/** When a schedule runs. Milliseconds, AWS time. */
export type Expression =
  | { readonly type: "rate"; readonly every: number }
  | { readonly type: "at"; readonly at: number };

/**
 * Reads `rate(5 minutes)` and `at(2026-11-22T21:15:00)`, the latter in `timezone`; a time that summer time skips is taken as an
 * hour later. `cron(...)` is refused until it comes.
 */
export function parseExpression(text: string, timezone: string): Expression {
  if (!isTimezone(timezone)) refuse(`Provided ScheduleExpressionTimezone ${timezone} is not valid.`);
  const rate = parseRate(text);
  if (rate !== undefined) return { type: "rate", every: rate.every };
  const at = parseAt(text, timezone);
  if (at !== undefined) return { type: "at", at };
  if (/^cron\(.+\)$/.test(text)) {
    return refuse(
      `${text}: cron schedules are not offered by this local AWS yet; rate(...) and at(...) are.`,
    );
  }
  return refuse(`Invalid Schedule Expression ${text}.`);
}

function parseAt(text: string, timezone: string): number | undefined {
  const local = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(text)?.[1];
  if (local === undefined || !isDate(local)) return undefined;
  return new Cron(local, { timezone, paused: true }).nextRun(new Date(0))?.getTime();
}

/** Whether the calendar has this time; it has no 30 February. */
function isDate(local: string): boolean {
  const date = new Date(`${local}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(local);
}

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}
