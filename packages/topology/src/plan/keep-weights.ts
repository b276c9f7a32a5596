import type { Service } from "../document/service.ts";
import type { LatticeAction, WeightedGroup } from "../existing.ts";

/**
 * The action to write where the document wants one and another is live. Weights belong to rollouts: the groups that stay
 * keep their numbers, a group that is new joins with none, and one that the document no longer names leaves. `empty`: then
 * nothing would carry a request. Where weights are the document's, or there are none to keep, the document's count.
 */
export function keepWeights(
  wanted: LatticeAction,
  live: LatticeAction,
  weights: Service["weights"] = "rollouts",
): LatticeAction | "empty" {
  if (weights === "enforce" || !("forward" in wanted) || !("forward" in live)) return wanted;
  if (!live.forward.targetGroups.some(({ weight }) => weight > 0)) return wanted;
  const listed = new Set(wanted.forward.targetGroups.map(idOf));
  const present = new Set(live.forward.targetGroups.map(idOf));
  const kept = live.forward.targetGroups.filter((group) => listed.has(idOf(group)));
  if (!kept.some(({ weight }) => weight > 0)) return "empty";
  const joining = wanted.forward.targetGroups.filter((group) => !present.has(idOf(group)));
  return { forward: { targetGroups: [...kept, ...joining.map((group) => ({ ...group, weight: 0 }))] } };
}

/** Why an action that would be empty is not written, and what to do. */
export const nothingLeft =
  "would have no group that carries weight: those that carry it now are not in the document any more; list them beside the new ones and roll out first, or write weights: enforce on the service";

/** Whether two actions do the same: the order of groups in a forward says nothing. */
export function sameAction(one: LatticeAction, other: LatticeAction): boolean {
  if ("fixedResponse" in one || "fixedResponse" in other)
    return (
      "fixedResponse" in one &&
      "fixedResponse" in other &&
      one.fixedResponse.statusCode === other.fixedResponse.statusCode
    );
  const weights = new Map(one.forward.targetGroups.map((group) => [idOf(group), group.weight]));
  return (
    weights.size === other.forward.targetGroups.length &&
    other.forward.targetGroups.every((group) => weights.get(idOf(group)) === group.weight)
  );
}

const idOf = (group: WeightedGroup) => group.targetGroupIdentifier;
