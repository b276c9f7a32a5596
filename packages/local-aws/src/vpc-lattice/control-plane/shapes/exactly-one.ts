import * as z from "zod";

type Members = Record<string, z.ZodType>;
/** One of the members and no other. */
type OneOf<M extends Members> = { [K in keyof M]: { readonly [P in K]: z.output<M[P]> } }[keyof M];

/** A union as Smithy has them: an object with exactly one of `members`. */
export function exactlyOne<M extends Members>(members: M) {
  const names = Object.keys(members);
  const optional = Object.fromEntries(names.map((name) => [name, members[name]?.optional()]));
  return z.looseObject(optional as Record<string, z.ZodType>).transform((given, context) => {
    const set = names.filter((name) => given[name] !== undefined);
    const [only] = set;
    if (set.length !== 1 || only === undefined) {
      context.addIssue({ code: "custom", message: `Exactly one of ${names.join(", ")} must be set` });
      return z.NEVER;
    }
    return { [only]: given[only] } as OneOf<M>;
  });
}
