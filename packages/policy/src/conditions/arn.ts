import { template } from "../template.ts";
import { type Operator, withOpposite } from "./operator.ts";

const PARTS = 6;

const [ArnLike, ArnNotLike] = withOpposite({
  takes: "an ARN, with wildcards",
  compile: (value, { variables }) => {
    const patterns = partsOf(value).map((part) => template(part, { variables, wildcards: true }));
    return (actual, lookup) => {
      const parts = partsOf(actual);
      return (
        parts.length === patterns.length && patterns.every((matches, at) => matches(parts[at] ?? "", lookup))
      );
    };
  },
});

/** Comparisons of ARNs part by part: a wildcard does not reach over the colons. ArnEquals is ArnLike by another name. */
export const arnOperators = {
  ArnEquals: ArnLike,
  ArnLike,
  ArnNotEquals: ArnNotLike,
  ArnNotLike,
} satisfies Record<string, Operator>;

/** The sixth part keeps its colons. A colon inside `${aws:…}` divides nothing. */
function partsOf(arn: string): readonly string[] {
  const parts = arn.split(/:(?![^{}]*\})/);
  return [...parts.slice(0, PARTS - 1), parts.slice(PARTS - 1).join(":")];
}
