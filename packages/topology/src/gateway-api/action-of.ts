import type { WrittenRule } from "./draft.ts";
import type { Forwarder, Groups } from "./groups.ts";
import type { Tell } from "./not-expressed.ts";
import type { BackendRef, RouteRule } from "./route.ts";

type Action = WrittenRule["action"];

/** Lattice's largest weight; Gateway API's is 1,000,000. */
const largest = 999;

/** What a rule does with its requests. Where there is nothing to forward to, Gateway API asks for a 500. */
export function actionOf(
  { backendRefs }: RouteRule,
  field: string,
  route: Forwarder,
  groups: Groups,
  tell: Tell,
): Action {
  const known = backendRefs.flatMap((backend, index) => {
    const place = `${field}.backendRefs[${index}]`;
    return canForwardTo(backend, place, tell) ? [{ backend, place }] : [];
  });
  const asked = Map.groupBy(known, ({ backend }) => groups.of(route, backend));
  const weights = [...asked].map(([group, parts]) => ({
    group,
    weight: parts.reduce((sum, { backend }) => sum + backend.weight, 0),
  }));
  const most = Math.max(0, ...weights.map(({ weight }) => weight));
  if (most === 0) return { fixedResponse: 500 };
  if (most <= largest || weights.length === 1) return forward(weights);
  const scaled = weights.map(({ group, weight }) => ({
    group,
    weight: weight === 0 ? 0 : Math.max(1, Math.round((weight * largest) / most)),
  }));
  tell.approximated(
    `${field}.backendRefs`,
    `a weight is ${most}; Lattice's are at most ${largest}`,
    `weights in proportion: ${scaled.map(({ weight }) => weight).join(", ")}`,
  );
  return forward(scaled);
}

/** With one group only, its name is enough. */
const forward = (weights: readonly { readonly group: string; readonly weight: number }[]): Action => {
  const [first] = weights;
  return first !== undefined && weights.length === 1
    ? { forward: first.group }
    : { forward: Object.fromEntries(weights.map(({ group, weight }) => [group, weight])) };
};

function canForwardTo({ kind, group, filters }: BackendRef, place: string, tell: Tell): boolean {
  for (const [index, { type }] of filters.entries())
    tell.skipped(`${place}.filters[${index}]`, `${type}: Lattice forwards requests as they are`, "left out");
  if (kind === "Service" && group === "") return true;
  if (kind === "ServiceImport") {
    tell.approximated(
      place,
      "an import is a target group that another cluster's controller makes, and the document names only its own",
      "a target group of the document's, whose targets somebody else registers",
    );
    return true;
  }
  tell.skipped(
    place,
    `${group === "" ? kind : `${group}/${kind}`} is neither a Service nor a ServiceImport`,
    "its share goes to the others, or is answered 500",
  );
  return false;
}
