import * as z from "zod";
import { exactlyOne } from "./exactly-one.ts";
import { listOf, text } from "./text.ts";

const path = text(1, 200, /\/[a-zA-Z0-9@:%_+.~#?&/=-]*/);
const value = text(1, 200);
const caseSensitive = z
  .boolean()
  .optional()
  .transform((given) => given ?? false);

const HttpMatch = z
  .object({
    method: text(0, 16).optional(),
    pathMatch: z.object({ match: exactlyOne({ exact: path, prefix: path }), caseSensitive }).optional(),
    headerMatches: listOf(
      z.object({
        name: text(1, 100),
        match: exactlyOne({ exact: value, prefix: value, contains: value }),
        caseSensitive,
      }),
      1,
      5,
    ).optional(),
  })
  .refine(
    (match) =>
      (match.method ?? "") !== "" || match.pathMatch !== undefined || match.headerMatches !== undefined,
    "At least one of method, pathMatch, headerMatches must be set",
  );

/** The conditions of a rule, all of which must hold. */
export const RuleMatch = exactlyOne({ httpMatch: HttpMatch });
export type RuleMatch = z.output<typeof RuleMatch>;
