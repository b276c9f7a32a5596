import type { LatticeAction } from "../existing.ts";
import { type Change, refused, underway } from "./change.ts";
import { removeGroup } from "./remove-group.ts";
import { leftOver, type Sight } from "./sight.ts";

/** Target groups that this document made and no longer names, after whatever forwards to them; none that carries traffic. */
export function planGroupRemovals(sight: Sight, services: readonly Change[]): Change[] {
  const open = services.filter(({ state }) => state !== "unchanged");
  const changing = new Set(open.map(({ address }) => address));
  const deleted = new Set(
    open.flatMap((change) => ("verb" in change && change.verb === "delete" ? change.address : [])),
  );
  /** The change that lets the group go: of the action itself, or what takes it away with all that it is in. */
  const letsGo = ({ within }: Use) =>
    within.find((place, depth) => (depth === 0 ? changing : deleted).has(place));
  return leftOver(sight, sight.existing.targetGroups, sight.document.targetGroups).map((live) => {
    const address = `targetGroups.${live.name}`;
    const step = { address, verb: "delete" as const, sentence: `delete the target group ${live.name}` };
    const uses = usesOf(sight, live.id);
    const staying = uses.find((use) => letsGo(use) === undefined);
    if (staying)
      return refused(
        address,
        `is not in the document any more, and ${staying.within[0]}, which is not this document's, forwards to it with weight ${staying.weight}; change that first`,
      );
    const after = uses.flatMap((use) => letsGo(use) ?? []);
    if (after.length === 0 && live.usedBy.length > 0) return underway(step);
    return removeGroup(step, after, live);
  });
}

interface Use {
  readonly weight: number;
  /** The addresses of the rule or listener, of what it is in, and so on. */
  readonly within: readonly [string, ...string[]];
}

function usesOf({ existing }: Sight, id: string): Use[] {
  const use = (action: LatticeAction, within: Use["within"]): Use[] =>
    weightsIn(action, id).map((weight) => ({ weight, within }));
  return existing.services.flatMap((service) =>
    service.listeners.flatMap((listener) => {
      const above = `services.${service.name}`;
      const here = `${above}.listeners.${listener.name}`;
      return [
        ...use(listener.defaultAction, [here, above]),
        ...listener.rules.flatMap(({ name, action }) => use(action, [`${here}.rules.${name}`, here, above])),
      ];
    }),
  );
}

const weightsIn = (action: LatticeAction, id: string): number[] =>
  "forward" in action
    ? action.forward.targetGroups
        .filter((group) => group.targetGroupIdentifier === id)
        .map(({ weight }) => weight)
    : [];
