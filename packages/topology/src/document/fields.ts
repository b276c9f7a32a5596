import * as z from "zod";

/** A whole number in a range, both ends included; anything else is told by `what`. */
export function wholeNumber(what: string, min: number, max: number) {
  const error = `${what} is a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/** A non-empty string of at most `max` characters. */
export function text(what: string, max = 2048) {
  const error = `${what} is a text of 1 to ${max} characters`;
  return z.string({ error }).min(1, { error }).max(max, { error });
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(what: string, words: Words) {
  return z.enum(words, { error: `${what} is one of ${words.join(", ")}` });
}

export const AuthType = oneOf("an authType", ["NONE", "AWS_IAM"]).default("NONE");
export type AuthType = z.infer<typeof AuthType>;

export const VpcId = z
  .string({ error: "a VPC is named by its id, vpc-…" })
  .regex(/^vpc-([0-9a-z]{8}|[0-9a-z]{17})$/, { error: "a VPC is named by its id, vpc-…" });

export const Port = wholeNumber("a port", 1, 65_535);

/** Tags to put on what is made; tags that others put there are left alone. */
export const Tags = z
  .record(
    text("a tag's key", 128).refine((key) => !/^(aws|espalier):/.test(key), {
      error: "a tag's key does not begin with aws: or espalier:",
    }),
    z
      .string({ error: "a tag's value is a text" })
      .max(256, { error: "a tag's value has at most 256 characters" }),
  )
  .default({});
export type Tags = z.infer<typeof Tags>;
