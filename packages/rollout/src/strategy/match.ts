import * as z from "zod";
import { wantedFields } from "../request/describe-issues.ts";

const text = (what: string, most: number) => {
  const error = { error: `${what} is a text of 1 to ${most} characters` };
  return z.string(error).min(1, error).max(most, error);
};

const wantedComparison = { error: "give one of exact, prefix and contains" };
const given = (fields: object) => Object.values(fields).filter((value) => value !== undefined).length;

const header = {
  name: text("a header's name", 40),
  exact: text("exact", 200).optional(),
  prefix: text("prefix", 200).optional(),
  contains: text("contains", 200).optional(),
};

const wantedPath = {
  error: "a path begins with / and has at most 200 characters; give one of exact and prefix",
};
const pathText = z.string(wantedPath).regex(/^\//, wantedPath).max(200, wantedPath).optional();
const path = { exact: pathText, prefix: pathText };

const wantedMethod = { error: "a method is GET, POST or another of HTTP's, in capitals" };

const match = {
  header: z
    .strictObject(header, wantedFields("a header's match", header))
    .refine(({ name: _, ...comparison }) => given(comparison) === 1, wantedComparison)
    .optional(),
  method: z
    .enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE"], wantedMethod)
    .optional(),
  path: z
    .strictObject(path, wantedFields("a path's match", path))
    .refine((comparison) => given(comparison) === 1, wantedPath)
    .optional(),
};

/** Requests that a rule sends to the candidate whatever the weights. What it names must all hold. */
export const Match = z
  .strictObject(match, wantedFields("a match", match))
  .refine((fields) => given(fields) > 0, { error: "a match names a header, a method or a path" });
export type Match = z.infer<typeof Match>;

/** A match in words: `x-canary is yes, POST, paths under /v2`. */
export function describeMatch({ header, method, path }: Match): string {
  const parts = [
    header && `${header.name} ${comparison(header)}`,
    method,
    path && (path.exact === undefined ? `paths under ${path.prefix}` : `path ${path.exact}`),
  ];
  return parts.filter((part) => part !== undefined).join(", ");
}

/** Whether two matches, or none, are the same. */
export const isSameMatch = (one: Match | null, other: Match | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

function comparison({ exact, prefix, contains }: Omit<NonNullable<Match["header"]>, "name">): string {
  if (exact !== undefined) return `is ${exact}`;
  return prefix === undefined ? `contains ${contains}` : `begins with ${prefix}`;
}
