import type { IncomingHttpHeaders } from "node:http";
import type { RuleMatch } from "../../control-plane/shapes/rule-match.ts";
import { unconfirmed } from "../../unconfirmed.ts";

/** What a rule looks at. `path` has no query. */
export interface Matchable {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export type Matcher = (request: Matchable) => boolean;

/** The first of `rules` whose conditions all hold. They are given in the order in which they are tried. */
export function matchRule<R extends { readonly matches: Matcher }>(
  rules: readonly R[],
  request: Matchable,
): R | undefined {
  return rules.find((rule) => rule.matches(request));
}

/**
 * The conditions of a rule as one function; without conditions everything matches.
 * See https://docs.aws.amazon.com/vpc-lattice/latest/ug/listeners.html#listener-rules
 */
export function matcherOf(match: RuleMatch | undefined): Matcher {
  if (match === undefined) return () => true;
  const { method, pathMatch, headerMatches = [] } = match.httpMatch;
  const conditions: Matcher[] = [];
  if (method !== undefined && method !== "") conditions.push((request) => request.method === method);
  if (pathMatch !== undefined) {
    const matches = textMatcher(pathMatch.match, pathMatch.caseSensitive, startsWithPath);
    conditions.push((request) => matches(request.path));
  }
  for (const { name, match, caseSensitive } of headerMatches) {
    const key = name.toLowerCase();
    const matches = textMatcher(match, caseSensitive, (value, prefix) => value.startsWith(prefix));
    conditions.push((request) => {
      const value = Object.hasOwn(request.headers, key) ? request.headers[key] : undefined;
      return value !== undefined && matches(typeof value === "string" ? value : value.join(", "));
    });
  }
  return (request) => conditions.every((holds) => holds(request));
}

type TextMatch = { readonly exact: string } | { readonly prefix: string } | { readonly contains: string };

function textMatcher(
  match: TextMatch,
  caseSensitive: boolean,
  startsWith: (value: string, prefix: string) => boolean,
): (value: string) => boolean {
  const fold = caseSensitive ? (value: string) => value : (value: string) => value.toLowerCase();
  if ("exact" in match) {
    const exact = fold(match.exact);
    return (value) => fold(value) === exact;
  }
  if ("prefix" in match) {
    const prefix = fold(match.prefix);
    return (value) => startsWith(fold(value), prefix);
  }
  const part = fold(match.contains);
  return (value) => fold(value).includes(part);
}

function startsWithPath(path: string, prefix: string): boolean {
  if (!path.startsWith(prefix)) return false;
  if (!unconfirmed.prefixBySegment || prefix.endsWith("/")) return true;
  return path.length === prefix.length || path[prefix.length] === "/";
}
