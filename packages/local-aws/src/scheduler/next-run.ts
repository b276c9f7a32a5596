import type { Schedule } from "./schedule.ts";

/**
 * The first run at `from` or later; undefined if there is none. A rate runs at its StartDate, or when it was created, and every
 * interval from then on; a one-time schedule ignores StartDate and EndDate. Milliseconds of AWS time.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function nextRun(
  { expression, settings, createdAt }: Pick<Schedule, "expression" | "settings" | "createdAt">,
  from: number,
): number | undefined {
  if (expression.type === "at") return expression.at >= from ? expression.at : undefined;
  const first = settings.StartDate?.getTime() ?? createdAt;
  const intervals = Math.max(0, Math.ceil((from - first) / expression.every));
  const due = first + intervals * expression.every;
  return due > (settings.EndDate?.getTime() ?? Number.POSITIVE_INFINITY) ? undefined : due;
}
