import { nextCronTime } from "../cron/next-cron-time.ts";
import type { Schedule } from "./schedule.ts";

/**
 * The first run at `from` or later; undefined if there is none. A rate runs at its StartDate, or when it was created, and every
 * interval from then on; a cron expression is met in its time zone from its StartDate on; a one-time schedule ignores StartDate and
 * EndDate. Milliseconds of AWS time.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function nextRun(
  { expression, settings, createdAt }: Pick<Schedule, "expression" | "settings" | "createdAt">,
  from: number,
): number | undefined {
  if (expression.type === "at") return expression.at >= from ? expression.at : undefined;
  const first = settings.StartDate?.getTime() ?? createdAt;
  const due =
    expression.type === "cron"
      ? nextCronTime(expression.pattern, settings.ScheduleExpressionTimezone ?? "UTC", Math.max(from, first))
      : first + Math.max(0, Math.ceil((from - first) / expression.every)) * expression.every;
  const last = settings.EndDate?.getTime() ?? Number.POSITIVE_INFINITY;
  return due !== undefined && due <= last ? due : undefined;
}
