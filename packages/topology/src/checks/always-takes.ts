import type { Match } from "../document/listener.ts";

/**
 * Whether one rule's conditions hold for every request that another's hold for: so that of two rules the second never takes
 * one. Methods are compared with case, paths and headers as they say; a header's name never minds it.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/listener-rules.html
 */
export function alwaysTakes(earlier: Match, later: Match): boolean {
  return takesMethod(earlier, later) && takesPath(earlier, later) && takesHeaders(earlier, later);
}

const takesMethod = (earlier: Match, later: Match): boolean =>
  earlier.method === undefined || earlier.method === later.method;

function takesPath(earlier: Match, later: Match): boolean {
  if (earlier.path === undefined) return true;
  const wanted = comparisonOf(earlier.path);
  // Every path begins with a slash.
  if (wanted.how === "prefix" && wanted.text === "/") return true;
  return later.path !== undefined && implies(comparisonOf(later.path), wanted);
}

function takesHeaders({ headers = [] }: Match, later: Match): boolean {
  return headers.every((wanted) =>
    (later.headers ?? []).some(
      (header) =>
        header.name.toLowerCase() === wanted.name.toLowerCase() &&
        implies(comparisonOf(header), comparisonOf(wanted)),
    ),
  );
}

interface Comparison {
  readonly how: "exact" | "prefix" | "contains";
  readonly text: string;
  readonly caseSensitive: boolean;
}

type Written = { caseSensitive: boolean } & ({ exact: string } | { prefix: string } | { contains: string });

function comparisonOf(written: Written): Comparison {
  const { caseSensitive } = written;
  if ("exact" in written) return { how: "exact", text: written.exact, caseSensitive };
  if ("prefix" in written) return { how: "prefix", text: written.prefix, caseSensitive };
  return { how: "contains", text: written.contains, caseSensitive };
}

/** Whether whatever text one comparison holds for, the other holds for too. */
function implies(one: Comparison, other: Comparison): boolean {
  if (other.caseSensitive && !one.caseSensitive && hasCase(other.text)) return false;
  const fold = (text: string) => (other.caseSensitive ? text : text.toLowerCase());
  const [known, wanted] = [fold(one.text), fold(other.text)];
  switch (other.how) {
    case "exact":
      return one.how === "exact" && known === wanted;
    case "prefix":
      return one.how !== "contains" && known.startsWith(wanted);
    case "contains":
      return known.includes(wanted);
  }
}

const hasCase = (text: string): boolean => text.toLowerCase() !== text.toUpperCase();
