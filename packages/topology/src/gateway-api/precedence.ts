import type { WrittenRule } from "./draft.ts";
import type { Tell } from "./not-expressed.ts";

type Match = WrittenRule["match"];

/** A rule's conditions, and the manifest's field that they are from. */
export interface Matched {
  readonly field: string;
  readonly match: Match;
}

type Acting = Matched & Pick<WrittenRule, "action">;

/**
 * Tells each match that Gateway API would look at before an earlier one which takes some of its requests elsewhere: the more
 * specific wins there (https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule), in Lattice the first.
 */
export function tellPrecedence(matches: readonly Acting[], tell: Tell): void {
  for (const [index, { field, match, action }] of matches.entries()) {
    const elsewhere = matches
      .slice(0, index)
      .filter((one) => JSON.stringify(one.action) !== JSON.stringify(action));
    const before = elsewhere.find((one) => meets(one.match, match) && isBefore(match, one.match));
    if (before !== undefined)
      tell.approximated(
        field,
        `Gateway API looks at it before ${before.field}, since it is more specific; Lattice takes rules in their order`,
        "the order in which they are written, as the controller has it",
      );
  }
}

/** Whether some request may be taken by both. Headers are not compared: requests have as many as they like. */
function meets(a: Match, b: Match): boolean {
  if (a.method !== undefined && b.method !== undefined && a.method !== b.method) return false;
  const [pathA, pathB] = [pathOf(a), pathOf(b)];
  if (pathA.exact && pathB.exact) return pathA.text === pathB.text;
  if (pathA.exact) return pathA.text.startsWith(pathB.text);
  if (pathB.exact) return pathB.text.startsWith(pathA.text);
  return pathA.text.startsWith(pathB.text) || pathB.text.startsWith(pathA.text);
}

/** Exact paths first, then longer ones, then those with a method, then those with more headers. */
function isBefore(a: Match, b: Match): boolean {
  const difference = rankOf(a)
    .map((rank, index) => rank - (rankOf(b)[index] ?? 0))
    .find((one) => one !== 0);
  return (difference ?? 0) > 0;
}

function rankOf(match: Match): number[] {
  const { exact, text } = pathOf(match);
  return [exact ? 1 : 0, text.length, match.method === undefined ? 0 : 1, match.headers?.length ?? 0];
}

function pathOf({ path }: Match): { readonly exact: boolean; readonly text: string } {
  if (path === undefined) return { exact: false, text: "/" };
  return "exact" in path ? { exact: true, text: path.exact } : { exact: false, text: path.prefix };
}
