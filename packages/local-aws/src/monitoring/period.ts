import { refuseValue } from "./refuse.ts";

/** A period of whole minutes, or one of the short ones, in milliseconds. */
export function periodInMs(seconds: number | undefined): number {
  if (seconds === undefined || !([1, 5, 10, 30].includes(seconds) || (seconds >= 60 && seconds % 60 === 0))) {
    return refuseValue(`The period ${seconds} must be 1, 5, 10, 30 or a multiple of 60 seconds.`);
  }
  return seconds * 1000;
}

/** Start and end in milliseconds. Throws unless the start is before the end. */
export function timeRange(
  StartTime: Date | undefined,
  EndTime: Date | undefined,
): { start: number; end: number } {
  const start = StartTime?.getTime() ?? Number.NaN;
  const end = EndTime?.getTime() ?? Number.NaN;
  if (!(start < end)) refuseValue("The parameter StartTime must be less than the parameter EndTime.");
  return { start, end };
}
