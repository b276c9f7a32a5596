import type { Explanation, StatementExplained, Unmet } from "./explain.ts";
import { shown } from "./one-or-many.ts";

/** An explanation for people to read: a line for what decided, and one for each thing that would have been needed. */
export function explanationText({ decision, statements, needed }: Explanation): string {
  const lines = [verdict(decision, statements)];
  for (const deny of needed?.denies ?? []) lines.push(`needed: that ${nameOf(deny)} does not deny`);
  if (needed?.allow.type !== "missing") return lines.join("\n");
  const { nearest } = needed.allow;
  if (nearest.length === 0) lines.push("needed: a statement that allows; there is none");
  for (const allow of nearest)
    lines.push(`needed: that ${nameOf(allow)} allows: ${allow.unmet.map(wish).join("; ")}`);
  return lines.join("\n");
}

function verdict({ effect, by }: Explanation["decision"], statements: readonly StatementExplained[]): string {
  if (by === undefined) return `denied, because none of ${statements.length} statements allows it`;
  return `${effect === "allow" ? "allowed" : "denied"} by ${nameOf(by)}`;
}

function nameOf({
  policy,
  statement,
  sid,
}: Pick<StatementExplained, "policy" | "statement" | "sid">): string {
  return `Statement[${statement}]${sid === undefined ? "" : ` (${sid})`} of ${policy}`;
}

function wish(unmet: Unmet): string {
  const what =
    unmet.element === "Condition" ? `Condition ${unmet.operator} of ${unmet.key}` : `${unmet.element}`;
  const had = unmet.had === undefined ? "which the request does not have" : `not ${shown(unmet.had)}`;
  return `${what} ${shown(unmet.value)}, ${had}`;
}
