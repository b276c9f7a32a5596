import { ExitCode, UserError } from "../fail.ts";

/** As far back as CloudWatch lists a metric that is not counted any more: 14 days, in hours. */
const MOST = 14 * 24;

/** A span such as `7d` or `36h`, in hours. Throws UserError. */
export function hoursOf(option: string, text: string): number {
  const [, number, unit] = /^(\d+)(h|d)$/.exec(text) ?? [];
  const hours = Number(number) * (unit === "d" ? 24 : 1);
  if (hours >= 1 && hours <= MOST) return hours;
  throw new UserError(`--${option} is ${text}; it is from 1h to 14d, as in 7d`, { exitCode: ExitCode.usage });
}
