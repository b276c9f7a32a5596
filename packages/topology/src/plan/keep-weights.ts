import type { LatticeAction, WeightedGroup } from "../existing.ts";

/**
 * The action to write where the document wants one and another is live. Weights belong to rollouts: groups keep what they
 * have, a group that is new joins with none, and one that the document no longer names leaves only when it carries
 * nothing. The document's own weights count where there are none to keep.
 */
export function keepWeights(wanted: LatticeAction, live: LatticeAction): LatticeAction {
  if (!("forward" in wanted) || !("forward" in live)) return wanted;
  const listed = new Set(wanted.forward.targetGroups.map(idOf));
  const present = new Set(live.forward.targetGroups.map(idOf));
  const kept = live.forward.targetGroups.filter((group) => listed.has(idOf(group)) || group.weight > 0);
  if (kept.length === 0) return wanted;
  const joining = wanted.forward.targetGroups.filter((group) => !present.has(idOf(group)));
  return { forward: { targetGroups: [...kept, ...joining.map((group) => ({ ...group, weight: 0 }))] } };
}

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
