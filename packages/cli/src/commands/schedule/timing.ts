import { ExitCode, UserError } from "../../fail.ts";

/** When a schedule runs, as options say it: one of the three. */
export interface TimingOptions {
  readonly at?: string | undefined;
  readonly cron?: string | undefined;
  readonly rate?: string | undefined;
  readonly "time-zone"?: string | undefined;
}

/** When a schedule runs, in the Scheduler's words: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
export interface Timing {
  readonly ScheduleExpression: string;
  readonly ScheduleExpressionTimezone: string;
}

/** Reads the options that say when, `now` in milliseconds. Throws UserError naming the option and the way out. */
export function timing(options: TimingOptions, now: number): Timing {
  const { at, cron, rate, "time-zone": zone = "UTC" } = options;
  if ([at, cron, rate].filter((given) => given !== undefined).length !== 1)
    throw usage('say when, in one way: --at 2026-12-01T09:00, --cron "0 9 ? * MON-FRI *" or --rate "7 days"');
  if (!isTimeZone(zone))
    throw usage(`--time-zone is ${zone}; it is a name of the time zone database, as Europe/Berlin`);
  const expression =
    at !== undefined ? once(at, now) : cron !== undefined ? recurring(cron) : every(rate ?? "");
  return { ScheduleExpression: expression, ScheduleExpressionTimezone: zone };
}

/** A local time nowhere on Earth is later than UTC's by more. */
const WESTERNMOST_MS = 12 * 60 * 60_000;

function once(at: string, now: number): string {
  const local = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(at) ? `${at}:00` : at;
  const date = new Date(`${local}Z`);
  if (
    !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(local) ||
    Number.isNaN(date.getTime()) ||
    !sameDay(date, local)
  )
    throw usage(
      `--at is ${at}; it is a local time without an offset, as 2026-12-01T09:00, in the zone of --time-zone`,
    );
  if (date.getTime() < now - WESTERNMOST_MS) throw usage(`--at is ${at}; that is over everywhere`);
  return `at(${local})`;
}

/** The calendar has no 30 February, and Date would take it for a day in March. */
const sameDay = (date: Date, local: string) => date.toISOString().startsWith(local);

function recurring(cron: string): string {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== 6)
    throw usage(
      `--cron is ${JSON.stringify(cron)}; EventBridge's has six fields, minutes hours day-of-month month day-of-week year, and a ? for one of the two days, as 0 9 ? * MON-FRI *`,
    );
  return `cron(${fields.join(" ")})`;
}

function every(rate: string): string {
  const [, count, unit] = /^([1-9]\d*) ?(minute|hour|day)s?$/.exec(rate.trim()) ?? [];
  if (unit === undefined)
    throw usage(`--rate is ${JSON.stringify(rate)}; it is a number of minutes, hours or days, as 7 days`);
  return `rate(${count} ${unit}${count === "1" ? "" : "s"})`;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
}

const usage = (message: string) => new UserError(message, { exitCode: ExitCode.usage });
