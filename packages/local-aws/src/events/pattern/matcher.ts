import { affixOperator } from "./affix.ts";
import { anythingButOperator } from "./anything-but.ts";
import { cidrOperator } from "./cidr.ts";
import { isObject, isScalar, type Scalar } from "./json.ts";
import { numericOperator } from "./numeric.ts";
import { refusePattern } from "./refuse-pattern.ts";
import { matchesWildcard, parseWildcard, type Wildcard } from "./wildcard.ts";
import { refuseComplexWildcards } from "./wildcard-complexity.ts";

/** One alternative for a field: a test of its value, or that it is not there at all. */
export type Matcher =
  | { readonly type: "value"; readonly test: (value: Scalar) => boolean }
  | { readonly type: "absent" };

/** The alternatives of one field, from the array that a pattern gives it. */
export function parseMatchers(alternatives: readonly unknown[]): Matcher[] {
  if (alternatives.length === 0) return refusePattern("Empty arrays are not allowed");
  const matchers = alternatives.map(parseMatcher);
  const wildcards = alternatives.flatMap(wildcardsOf);
  if (wildcards.length > 0) refuseComplexWildcards(wildcards);
  return matchers;
}

function parseMatcher(alternative: unknown): Matcher {
  if (isScalar(alternative)) return { type: "value", test: (value) => value === alternative };
  if (!isObject(alternative)) {
    return refusePattern("Match value must be String, number, true, false, or null");
  }
  const [expression, ...others] = Object.entries(alternative);
  if (expression === undefined) return refusePattern("Match expression name not found");
  const [name, operand] = expression;
  const parse = operators[name];
  if (parse === undefined) return refusePattern(`Unrecognized match type ${name}`);
  const matcher = parse(operand);
  if (others.length > 0) return refusePattern("Only one key allowed in match expression");
  return matcher;
}

const value = (test: (value: Scalar) => boolean): Matcher => ({ type: "value", test });

const operators: Readonly<Record<string, (operand: unknown) => Matcher>> = {
  prefix: (operand) => value(affixOperator("prefix", operand)),
  suffix: (operand) => value(affixOperator("suffix", operand)),
  numeric: (operand) => value(numericOperator(operand)),
  cidr: (operand) => value(cidrOperator(operand)),
  wildcard: (operand) => value(matchesWildcard(parseWildcard(operand))),
  "anything-but": (operand) => value(anythingButOperator(operand)),
  "equals-ignore-case": (operand) => {
    if (typeof operand !== "string")
      return refusePattern("equals-ignore-case match pattern must be a string");
    const folded = operand.toLowerCase();
    return value((candidate) => typeof candidate === "string" && candidate.toLowerCase() === folded);
  },
  exists: (operand) => {
    if (typeof operand !== "boolean")
      return refusePattern("exists match pattern must be either true or false.");
    return operand ? value(() => true) : { type: "absent" };
  },
};

function wildcardsOf(alternative: unknown): Wildcard[] {
  if (!isObject(alternative)) return [];
  const excluded = alternative["anything-but"];
  if (isObject(excluded) && excluded.wildcard !== undefined)
    return [excluded.wildcard].flat().map(parseWildcard);
  return alternative.wildcard === undefined ? [] : [parseWildcard(alternative.wildcard)];
}
