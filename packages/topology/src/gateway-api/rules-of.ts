import { actionOf } from "./action-of.ts";
import type { Origins, WrittenRule } from "./draft.ts";
import type { Forwarder, Groups } from "./groups.ts";
import { freeName, latticeName, nameRules } from "./lattice-name.ts";
import { matchOfGrpc, matchOfHttp } from "./match-of.ts";
import type { Tell } from "./not-expressed.ts";
import { type Matched, tellPrecedence } from "./precedence.ts";
import type { GrpcRouteSpec, HttpRouteSpec, RouteRule } from "./route.ts";

/** A route's rules, whichever kind of route it is. */
export type Written =
  | { readonly kind: "HTTPRoute"; readonly spec: HttpRouteSpec }
  | { readonly kind: "GRPCRoute"; readonly spec: GrpcRouteSpec };

/**
 * A route's rules in the order in which they are written, which is the controller's; a match is a rule of its own, since
 * Lattice's have one each.
 */
export function rulesOf(
  written: Written,
  route: Forwarder,
  groups: Groups,
  tell: Tell,
  origins: Origins,
): WrittenRule[] {
  const rules = written.spec.rules.flatMap((rule, index) => {
    const field = `spec.rules[${index}]`;
    if (redirects(rule, field, tell)) return [];
    const matches = matchesOf(written, index, tell);
    if (matches.length === 0) return [];
    const action = actionOf(rule, field, route, groups, tell);
    return matches.map((matched) => ({ ...matched, action, name: rule.name }));
  });
  tellPrecedence(rules, tell);
  const names = new Set<string>();
  return rules.map(({ field, match, action, name }, index) => {
    const plain = `k8s-rule-${index + 1}`;
    const free = freeName(names, [latticeName(name ?? plain, nameRules.rule), plain], nameRules.rule);
    names.add(free);
    const made: WrittenRule = { name: free, priority: index + 1, match, action };
    const without = "the match is left out; its requests go on to the later rules, or are answered 404";
    origins.set(made, { tell, field, without });
    return made;
  });
}

function matchesOf({ kind, spec }: Written, index: number, tell: Tell): Matched[] {
  const at = (k: number) => `spec.rules[${index}].matches[${k}]`;
  const everything = `spec.rules[${index}]`;
  const matched = (field: string, match: WrittenRule["match"] | undefined) =>
    match === undefined ? [] : [{ field, match }];
  if (kind === "HTTPRoute") {
    const { matches = [] } = spec.rules[index] ?? {};
    if (matches.length === 0) return [{ field: everything, match: { path: { prefix: "/" } } }];
    return matches.flatMap((match, k) => matched(at(k), matchOfHttp(match, at(k), tell)));
  }
  const { matches = [] } = spec.rules[index] ?? {};
  if (matches.length === 0) return [{ field: everything, match: { method: "POST", path: { prefix: "/" } } }];
  return matches.flatMap((match, k) => matched(at(k), matchOfGrpc(match, at(k), tell)));
}

/** Tells a rule's filters; a redirect leaves nothing of the rule. */
function redirects({ filters }: RouteRule, field: string, tell: Tell): boolean {
  const gone = filters.some(({ type }) => type === "RequestRedirect");
  for (const [index, { type }] of filters.entries()) {
    const place = `${field}.filters[${index}]`;
    if (type === "RequestRedirect")
      tell.skipped(
        place,
        "Lattice's fixed answers are 404 and 500",
        "the rule is left out; its requests go on to the later rules, or are answered 404",
      );
    else if (!gone)
      tell.skipped(place, `${type}: Lattice forwards requests as they are`, "forwarded without the filter");
  }
  return gone;
}
