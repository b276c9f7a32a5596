import * as z from "zod";
import { integer, oneOf, text } from "./text.ts";

/** Members that many operations have. */
export const clientToken = text(1, 64, /.*[!-~]+.*/).optional();
export const authType = oneOf("NONE", "AWS_IAM");
export const port = integer(1, 65_535);

/** Names: lower-case letters, digits and single hyphens, not like an id of their kind. */
export const name = {
  network: nameOf(3, 63),
  service: nameOf(3, 40, "svc-"),
  listener: nameOf(3, 63, "listener-"),
  rule: nameOf(3, 63, "rule-"),
  targetGroup: nameOf(3, 128, "tg-"),
};

/** At most 200 tags; keys that start with `aws:` are AWS's own. */
export const tags = z
  .record(
    text(1, 128).refine((key) => !key.startsWith("aws:"), "Tag keys must not start with aws:"),
    text(0, 256),
  )
  .refine((all) => Object.keys(all).length <= 200, "Member must have length less than or equal to 200");

/** Which page of a list. */
export const page = { maxResults: integer(1, 100).optional(), nextToken: text(1, 2048).optional() };

function nameOf(min: number, max: number, notLike?: string) {
  const prefix = notLike === undefined ? "" : `(?!${notLike})`;
  return text(min, max, new RegExp(`${prefix}(?![-])(?!.*[-]$)(?!.*[-]{2})[a-z0-9-]+`));
}
