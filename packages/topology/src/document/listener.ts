import * as z from "zod";
import { Action } from "./action.ts";
import { oneOf, Port, Tags, text, wholeNumber } from "./fields.ts";
import { RuleName } from "./named.ts";

const Path = text("a path", 200).regex(/^\/[a-zA-Z0-9@:%_+.~#?&/=-]*$/, {
  error: "a path begins with / and has letters, digits and @:%_+.~#?&/=- only",
});
const caseSensitive = z.boolean({ error: "caseSensitive is true or false" }).default(false);
const value = text("what a header is compared with", 200);
const name = text("a header's name", 100);

const HeaderMatch = z.union([
  z.strictObject({ name, exact: value, caseSensitive }),
  z.strictObject({ name, prefix: value, caseSensitive }),
  z.strictObject({ name, contains: value, caseSensitive }),
]);

/** The conditions of a rule; all of them hold for a request that it takes. */
export const Match = z
  .strictObject({
    path: z
      .union([
        z.strictObject({ exact: Path, caseSensitive }),
        z.strictObject({ prefix: Path, caseSensitive }),
      ])
      .optional(),
    method: text("a method", 16).optional(),
    headers: z.array(HeaderMatch).min(1).max(5, { error: "a rule looks at 1 to 5 headers" }).optional(),
  })
  .refine((match) => match.path || match.method || match.headers, {
    error: "a rule has at least one condition: path, method or headers",
  });
export type Match = z.infer<typeof Match>;

export const Rule = z.strictObject({
  name: RuleName,
  priority: wholeNumber("a priority", 1, 100),
  match: Match,
  action: Action,
});
export type Rule = z.infer<typeof Rule>;

/** A listener; the rule with the lowest priority number that matches takes a request, the default action the rest. */
export const Listener = z.strictObject({
  protocol: oneOf("a listener's protocol", ["HTTP", "HTTPS"]),
  port: Port.optional(),
  defaultAction: Action,
  rules: z.array(Rule).default([]),
  tags: Tags,
});
export type Listener = z.infer<typeof Listener>;

/** Lattice's default: 80 for HTTP, 443 for HTTPS. */
export const portOf = (listener: { readonly protocol: string; readonly port?: number | undefined }): number =>
  listener.port ?? (listener.protocol === "HTTP" ? 80 : 443);
