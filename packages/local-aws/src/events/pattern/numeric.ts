import type { Scalar } from "./json.ts";
import { refusePattern } from "./refuse-pattern.ts";

/** Numbers that patterns and events can compare lie within plus and minus this. */
const largest = 5e9;

/** `{"numeric": [">", 0, "<=", 5]}`: one comparison, or a lower bound and then an upper one. Strings never match. */
export function numericOperator(operand: unknown): (value: Scalar) => boolean {
  if (!Array.isArray(operand)) return refusePattern("Value of numeric must be an array.");
  const [first, low, second, high, ...rest] = operand as unknown[];
  const lower = comparison(first, low, operand.length);
  if (operand.length <= 2) return (value) => typeof value === "number" && lower(value);
  if (first !== ">" && first !== ">=") return refusePattern("Too many elements in numeric expression");
  if (typeof second !== "string") return refusePattern(`Bad value in numeric range: ${String(second)}`);
  if (second !== "<" && second !== "<=") return refusePattern(`Bad numeric range operator: ${second}`);
  const upper = comparison(second, high, operand.length);
  if (rest.length > 0) return refusePattern("Too many terms in numeric range expression");
  if (Number(low) >= Number(high)) return refusePattern("Bottom must be less than top");
  return (value) => typeof value === "number" && lower(value) && upper(value);
}

function comparison(operator: unknown, bound: unknown, terms: number): (value: number) => boolean {
  if (typeof operator !== "string") {
    return refusePattern(`Invalid member in numeric match: ${terms === 0 ? "]" : String(operator)}`);
  }
  const compare = comparisons[operator];
  if (compare === undefined) return refusePattern(`Unrecognized numeric range operator: ${operator}`);
  if (typeof bound !== "number") {
    return refusePattern(`Value of ${operator === "=" ? "equals" : operator} must be numeric`);
  }
  if (Math.abs(bound) > largest) {
    return refusePattern(`Value must be between -${largest} and ${largest}, inclusive`);
  }
  return (value) => compare(value, bound);
}

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};
