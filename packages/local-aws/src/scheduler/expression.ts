import { Cron } from "croner";
import { InvalidCron } from "../cron/invalid-cron.ts";
import { parseCron } from "../cron/parse-cron.ts";
import { parseRate } from "../events/rate.ts";
import { refuse } from "../events/refuse.ts";

/** When a schedule runs. Milliseconds, AWS time. */
export type Expression =
  | { readonly type: "rate"; readonly every: number }
  /** A pattern of croner's. */
  | { readonly type: "cron"; readonly pattern: string }
  | { readonly type: "at"; readonly at: number };

/**
 * Reads `rate(5 minutes)`, `cron(0 12 * * ? *)` and `at(2026-11-22T21:15:00)`, the last in `timezone`; a time that summer time skips is
 * taken as an hour later. Throws ValidationException.
 */
export function parseExpression(text: string, timezone: string): Expression {
  if (!isTimezone(timezone)) refuse(`Provided ScheduleExpressionTimezone ${timezone} is not valid.`);
  const rate = parseRate(text);
  if (rate !== undefined) return { type: "rate", every: rate.every };
  const at = parseAt(text, timezone);
  if (at !== undefined) return { type: "at", at };
  const fields = /^cron\((.*)\)$/.exec(text)?.[1];
  if (fields === undefined) return refuse(`Invalid Schedule Expression ${text}.`);
  try {
    return { type: "cron", pattern: parseCron(fields) };
  } catch (error) {
    if (error instanceof InvalidCron) return refuse(`Invalid Schedule Expression ${text}. ${error.message}`);
    throw error;
  }
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
