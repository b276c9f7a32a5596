import * as z from "zod";

/** A string of `min` to `max` characters, wholly of `pattern` where one is given. */
export function text(min: number, max: number, pattern?: RegExp) {
  const bounded = z
    .string()
    .min(min, `Member must have length greater than or equal to ${min}`)
    .max(max, `Member must have length less than or equal to ${max}`);
  if (pattern === undefined) return bounded;
  const whole = new RegExp(`^(?:${pattern.source})$`);
  return bounded.regex(whole, `Member must satisfy regular expression pattern: ${pattern.source}`);
}

/** A whole number from `min` to `max`. */
export function integer(min: number, max: number) {
  return z
    .int("Member must be a whole number")
    .min(min, `Member must be greater than or equal to ${min}`)
    .max(max, `Member must be less than or equal to ${max}`);
}

/** One of a set of words. */
export function oneOf<const W extends readonly [string, ...string[]]>(...words: W) {
  return z.enum(words, `Member must satisfy enum value set: [${words.join(", ")}]`);
}

/** A list of `min` to `max` members. */
export function listOf<S extends z.ZodType>(member: S, min: number, max: number) {
  return z
    .array(member)
    .min(min, `Member must have length greater than or equal to ${min}`)
    .max(max, `Member must have length less than or equal to ${max}`);
}
