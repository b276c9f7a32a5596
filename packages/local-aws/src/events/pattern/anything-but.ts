import { hasAffix } from "./affix.ts";
import { isObject, type Scalar } from "./json.ts";
import { refusePattern } from "./refuse-pattern.ts";
import { matchesWildcard, parseWildcard } from "./wildcard.ts";

/**
 * `{"anything-but": ...}` of values, or of one of the operators in the table below. It matches a field that is there
 * and has another value, of whatever type; never one that is absent.
 */
export function anythingButOperator(operand: unknown): (value: Scalar) => boolean {
  const excluded = isObject(operand) ? excludedByOperator(operand) : excludedValues(operand);
  return (value) => !excluded.some((excludes) => excludes(value));
}

type Test = (value: Scalar) => boolean;

function excludedValues(operand: unknown): Test[] {
  if (!Array.isArray(operand) && typeof operand !== "string" && typeof operand !== "number") {
    return refusePattern("Value of anything-but must be an array or single string/number value.");
  }
  const values: unknown[] = [operand].flat();
  if (values.some((value) => typeof value !== "string" && typeof value !== "number")) {
    return refusePattern("Inside anything but list, start|null|boolean is not supported.");
  }
  if (new Set(values.map((value) => typeof value)).size !== 1) {
    return refusePattern(
      "Inside anything but list, either all values are number or string, mixed type is not supported",
    );
  }
  return values.map((excluded) => (value) => value === excluded);
}

function excludedByOperator(operand: Readonly<Record<string, unknown>>): Test[] {
  const [inner, ...others] = Object.entries(operand);
  if (inner === undefined) return refusePattern("Anything-But expression name not found");
  const [name, argument] = inner;
  const parse = operators[name];
  if (parse === undefined) return refusePattern(`Unsupported anything-but pattern: ${name}`);
  if (!Array.isArray(argument) && typeof argument !== "string" && typeof argument !== "number") {
    return refusePattern("Value of anything-but must be an array or single string/number value.");
  }
  if (others.length > 0) return refusePattern("Too many elements in numeric expression");
  return [argument].flat().map(parse);
}

const affix = (kind: "prefix" | "suffix") => (text: unknown) => {
  if (typeof text !== "string") return refusePattern("prefix/suffix match pattern must be a string");
  if (text === "") return refusePattern("Null prefix/suffix not allowed");
  return hasAffix(kind, text);
};

const operators: Readonly<Record<string, (text: unknown) => Test>> = {
  prefix: affix("prefix"),
  suffix: affix("suffix"),
  wildcard: (text) => matchesWildcard(parseWildcard(text)),
  "equals-ignore-case": (text) => {
    if (typeof text !== "string") {
      return refusePattern(
        "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
      );
    }
    const folded = text.toLowerCase();
    return (value) => typeof value === "string" && value.toLowerCase() === folded;
  },
};
