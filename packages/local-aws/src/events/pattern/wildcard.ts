import type { Scalar } from "./json.ts";
import { refusePattern } from "./refuse-pattern.ts";

/** A wildcard pattern as the literal texts between its stars: `a*b` is `["a", "b"]`. */
export type Wildcard = readonly string[];

/** Reads `*` as any characters, `\*` and `\\` as themselves. */
export function parseWildcard(operand: unknown): Wildcard {
  if (typeof operand !== "string") return refusePattern("wildcard match pattern must be a string");
  const literals: string[] = [""];
  const append = (text: string) => literals.push((literals.pop() ?? "") + text);
  for (let at = 0; at < operand.length; at += 1) {
    const character = operand.charAt(at);
    const next = operand.charAt(at + 1);
    if (character === "*") {
      // AWS counts the quote that it puts before the text.
      if (next === "*") return refusePattern(`Consecutive wildcard characters at pos ${at + 1}`);
      literals.push("");
    } else if (character === "\\") {
      if (next !== "*" && next !== "\\") return refusePattern(`Invalid escape character at pos ${at + 1}`);
      append(next);
      at += 1;
    } else append(character);
  }
  return literals;
}

/** Whether a string is one that the wildcard describes, in time linear in both for each star. */
export function matchesWildcard(wildcard: Wildcard): (value: Scalar) => boolean {
  const [head = "", ...others] = wildcard;
  const tail = others.pop();
  return (value) => {
    if (typeof value !== "string") return false;
    if (tail === undefined) return value === head;
    if (!value.startsWith(head)) return false;
    let at = head.length;
    for (const literal of others) {
      const found = value.indexOf(literal, at);
      if (found < 0) return false;
      at = found + literal.length;
    }
    return value.length - tail.length >= at && value.endsWith(tail);
  };
}
