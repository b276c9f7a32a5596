import type { z } from "zod";
import type { Finding } from "./query-language.ts";

/** What an issue of the schema says; for a union, those of the branch that fits best. */
export function schemaFindings(issue: z.core.$ZodIssue): Finding[] {
  const place = `/${issue.path.map(String).join("/")}`;
  const branches = issue.code === "invalid_union" ? issue.errors : [];
  const closest = branches.toSorted((a, b) => a.length - b.length)[0];
  if (closest === undefined || closest.length === 0) return [{ place, message: issue.message }];
  return closest.map((inner) => ({
    place: [place, ...inner.path.map(String)].join("/"),
    message: inner.message,
  }));
}
