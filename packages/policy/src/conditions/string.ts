import { type TemplateSyntax, template } from "../template.ts";
import { type Operator, withOpposite } from "./operator.ts";

const [StringEquals, StringNotEquals] = withOpposite(text({ wildcards: false }));
const [StringEqualsIgnoreCase, StringNotEqualsIgnoreCase] = withOpposite(
  text({ wildcards: false, ignoreCase: true }),
);
const [StringLike, StringNotLike] = withOpposite(text({ wildcards: true }));
const [BinaryEquals] = withOpposite({
  takes: "base64",
  compile: (value) => (actual) => Buffer.from(value, "base64").equals(Buffer.from(actual, "base64")),
});

/** Comparisons of text. Only these and the ones of ARNs know policy variables. */
export const stringOperators: Readonly<Record<string, Operator>> = {
  StringEquals,
  StringNotEquals,
  StringEqualsIgnoreCase,
  StringNotEqualsIgnoreCase,
  StringLike,
  StringNotLike,
  BinaryEquals,
};

function text(syntax: Omit<TemplateSyntax, "variables">): Omit<Operator, "negated"> {
  return { takes: "text", compile: (value, { variables }) => template(value, { ...syntax, variables }) };
}
