import { arnOperators } from "./arn.ts";
import { boolOperators } from "./bool.ts";
import { dateOperators } from "./date.ts";
import { ipAddressOperators } from "./ip-address.ts";
import { numericOperators } from "./numeric.ts";
import type { Operator } from "./operator.ts";
import { stringOperators } from "./string.ts";

/** How an operator treats several values in the request. */
export type Quantifier = "one" | "all" | "any";

/** An operator as a policy spells it, `ForAnyValue:StringLikeIfExists`, taken apart. */
export type ConditionOperator = {
  readonly takes: string;
  accepts(value: string): boolean;
} & (
  | { readonly type: "null" }
  | {
      readonly type: "compare";
      readonly quantifier: Quantifier;
      readonly ifExists: boolean;
      readonly operator: Operator;
    }
);

const table: Readonly<Record<string, Operator>> = {
  ...stringOperators,
  ...numericOperators,
  ...dateOperators,
  ...boolOperators,
  ...ipAddressOperators,
  ...arnOperators,
};

const SPELLING = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

/**
 * Finds an operator by its name in a policy; undefined where IAM has none of this name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function conditionOperator(name: string): ConditionOperator | undefined {
  if (name === "Null")
    return { type: "null", takes: "true or false", accepts: (value) => /^(true|false)$/i.test(value) };
  const [, set, base = "", ifExists] = SPELLING.exec(name) ?? [];
  if (!Object.hasOwn(table, base)) return undefined;
  const operator = table[base];
  if (operator === undefined) return undefined;
  return {
    type: "compare",
    takes: operator.takes,
    accepts: (value) => operator.compile(value, { variables: true }) !== undefined,
    quantifier: set === undefined ? "one" : set === "ForAllValues" ? "all" : "any",
    ifExists: ifExists !== undefined,
    operator,
  };
}
