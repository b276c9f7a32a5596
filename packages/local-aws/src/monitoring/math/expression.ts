/** A metric math expression, taken apart. */
export type Expression =
  | { readonly type: "number"; readonly value: number }
  | { readonly type: "text"; readonly value: string }
  /** The id of another query. */
  | { readonly type: "reference"; readonly id: string }
  | { readonly type: "list"; readonly items: readonly Expression[] }
  | { readonly type: "negation"; readonly operand: Expression }
  | {
      readonly type: "operation";
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly type: "call"; readonly name: string; readonly operands: readonly Expression[] };

export type Operator = (typeof precedence)[number][number];

/** The operators, those that bind least first. */
export const precedence = [
  ["OR"],
  ["AND"],
  ["==", "!=", "<=", ">=", "<", ">"],
  ["+", "-"],
  ["*", "/"],
  ["^"],
] as const;
