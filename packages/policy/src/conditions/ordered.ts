import { type Operator, withOpposite } from "./operator.ts";

/** The six comparisons of values that have an order; `read` answers NaN for what is none. */
export function orderedOperators(prefix: string, takes: string, read: (text: string) => number) {
  const comparing = (holds: (actual: number, wanted: number) => boolean): Omit<Operator, "negated"> => ({
    takes,
    compile: (value) => {
      const wanted = read(value);
      return Number.isNaN(wanted) ? undefined : (actual) => holds(read(actual), wanted);
    },
  });
  const [equal, notEqual] = withOpposite(comparing((actual, wanted) => actual === wanted));
  const plain = (holds: (actual: number, wanted: number) => boolean): Operator => ({
    ...comparing(holds),
    negated: false,
  });
  return {
    [`${prefix}Equals`]: equal,
    [`${prefix}NotEquals`]: notEqual,
    [`${prefix}LessThan`]: plain((actual, wanted) => actual < wanted),
    [`${prefix}LessThanEquals`]: plain((actual, wanted) => actual <= wanted),
    [`${prefix}GreaterThan`]: plain((actual, wanted) => actual > wanted),
    [`${prefix}GreaterThanEquals`]: plain((actual, wanted) => actual >= wanted),
  } satisfies Record<string, Operator>;
}
