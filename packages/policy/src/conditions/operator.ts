import type { TextMatcher } from "../template.ts";

/** A condition operator: how a value of the request is compared with one of the policy. */
export interface Operator {
  /** Answers that the comparison must fail for every value of the policy (`StringNotEquals`). */
  readonly negated: boolean;
  /** What a policy may write as a value, for error messages. */
  readonly takes: string;
  /** Prepares one value of the policy; undefined where it is none of what the operator takes. */
  compile(value: string, syntax: { readonly variables: boolean }): TextMatcher | undefined;
}

/** The two operators of a comparison: it holds, and it does not. */
export function withOpposite(operator: Omit<Operator, "negated">): readonly [Operator, Operator] {
  return [
    { ...operator, negated: false },
    { ...operator, negated: true },
  ];
}
