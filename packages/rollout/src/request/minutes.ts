import * as z from "zod";

const WEEK = 7 * 24 * 60;

/** A number of minutes, at most a week; `least` is 0 unless said otherwise. */
export function minutes(what: string, { least = 0, most = WEEK } = {}) {
  const week = most === WEEK ? ", which is a week" : "";
  const error = { error: `${what} is a number of minutes from ${least} to ${most}${week}` };
  return z.number(error).min(least, error).max(most, error);
}
