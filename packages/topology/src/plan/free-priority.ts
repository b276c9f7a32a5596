import type { Rule } from "../document/listener.ts";
import type { ExistingRule } from "../existing.ts";

type Free =
  | { readonly priority: number }
  /** The name of the rule that has to leave the wanted priority first. */
  | { readonly priority?: undefined; readonly holder: string };

/**
 * The priority that a rule can move to now: no two rules of a listener have the same. Of rules that wait for one another in
 * a ring, the one whose name comes first steps aside to a priority that nobody has or wants.
 */
export function freePriority(
  rule: Rule,
  live: ExistingRule,
  present: readonly ExistingRule[],
  wanted: readonly Rule[],
): Free {
  const holder = present.find(({ priority }) => priority === rule.priority);
  if (!holder) return { priority: rule.priority };
  const ring = ringOf(live, present, wanted);
  const aside =
    ring.includes(live.name) && ring.toSorted()[0] === live.name ? asideOf(live, present, wanted) : undefined;
  if (aside !== undefined) return { priority: aside };
  return { holder: holder.name };
}

/** A priority that no rule has or wants, another for each rule, since several rings may be undone at once. */
function asideOf(
  live: ExistingRule,
  present: readonly ExistingRule[],
  wanted: readonly Rule[],
): number | undefined {
  const taken = new Set([...present, ...wanted].map(({ priority }) => priority));
  const free = Array.from({ length: 100 }, (_, index) => 100 - index).filter(
    (priority) => !taken.has(priority),
  );
  return free[present.indexOf(live)];
}

/** The rules that are met by asking, from one rule on, who holds the priority that it wants; a ring comes back to the first. */
function ringOf(start: ExistingRule, present: readonly ExistingRule[], wanted: readonly Rule[]): string[] {
  const met = new Set<string>();
  for (let name = next(start.name); name !== undefined && !met.has(name); name = next(name)) met.add(name);
  return [...met];

  function next(name: string): string | undefined {
    const priority = wanted.find((rule) => rule.name === name)?.priority;
    return present.find((rule) => rule.priority === priority)?.name;
  }
}
