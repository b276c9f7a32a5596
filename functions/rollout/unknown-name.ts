import type { Found } from "@espalier/rollout";

// Enough to see a misspelling; an account may have thousands.
const SUGGESTED = 10;

/** What to say of a name that leads to nothing, and what names there are; nothing of one that leads somewhere. */
export function unknownName(field: string, given: string, what: string, found: Found<unknown>): string[] {
  if (found.type === "found") return [];
  const { known } = found;
  if (known.length === 0) return [`${field} is ${JSON.stringify(given)}; there is no ${what} here at all`];
  const some = known.slice(0, SUGGESTED).join(", ") + (known.length > SUGGESTED ? ", ..." : "");
  return [`${field} is ${JSON.stringify(given)}; there is no such ${what}, there are ${some}`];
}
