import { ExitCode, UserError } from "../../fail.ts";

/** Refuses an option that must be a whole number between these. */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UserError(`--${name} is ${text}; it is a whole number from ${least} to ${most}`, {
    exitCode: ExitCode.usage,
  });
}
