import { isObject, type Scalar } from "./json.ts";
import { refusePattern } from "./refuse-pattern.ts";

type Affix = "prefix" | "suffix";

/** `{"prefix": "a"}` or `{"prefix": {"equals-ignore-case": "a"}}`, and the same for suffix. */
export function affixOperator(affix: Affix, operand: unknown): (value: Scalar) => boolean {
  if (typeof operand === "string") return hasAffix(affix, operand);
  if (!isObject(operand)) return refusePattern(`${affix} match pattern must be a string`);
  const [inner, ...others] = Object.entries(operand);
  const title = affix === "prefix" ? "Prefix" : "Suffix";
  if (inner === undefined) return refusePattern(`${title} expression name not found`);
  if (inner[0] !== "equals-ignore-case") return refusePattern(`Unsupported ${affix} pattern: ${inner[0]}`);
  if (typeof inner[1] !== "string") {
    return refusePattern("equals-ignore-case match pattern must be a string");
  }
  if (others.length > 0) return refusePattern("Only one key allowed in match expression");
  const folded = hasAffix(affix, inner[1].toLowerCase());
  return (value) => typeof value === "string" && folded(value.toLowerCase());
}

/** Whether a string begins or ends with `text`; false of everything that is not a string. */
export function hasAffix(affix: Affix, text: string): (value: Scalar) => boolean {
  return affix === "prefix"
    ? (value) => typeof value === "string" && value.startsWith(text)
    : (value) => typeof value === "string" && value.endsWith(text);
}
