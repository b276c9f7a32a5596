import type { Existing, LatticeAction } from "../existing.ts";
import { type Change, refused, underway } from "./change.ts";
import { removeGroup } from "./remove-group.ts";
import { leftOver, type Sight } from "./sight.ts";

/** Target groups that this document made and no longer names, after whatever forwards to them; none that carries traffic. */
export function planGroupRemovals(sight: Sight, services: readonly Change[]): Change[] {
  const leaving = new Set(
    services.filter(({ state }) => state !== "unchanged").map(({ address }) => address),
  );
  return leftOver(sight, sight.existing.targetGroups, sight.document.targetGroups).map((live) => {
    const address = `targetGroups.${live.name}`;
    const step = { address, verb: "delete" as const, sentence: `delete the target group ${live.name}` };
    const uses = usesOf(sight.existing, live.id);
    const staying = uses.find(({ within }) => !within.some((place) => leaving.has(place)));
    if (staying)
      return refused(
        address,
        `is not in the document any more, and has weight ${staying.weight} in ${staying.within[0]}; roll out to another group first, then take it out`,
      );
    const after = uses.flatMap(({ within }) => within.filter((place) => leaving.has(place)).slice(0, 1));
    if (after.length === 0 && live.usedBy.length > 0) return underway(step);
    return removeGroup(step, after, live);
  });
}

/** Where a group is forwarded to: the addresses of the rule or listener, of its listener and of its service. */
function usesOf({ services }: Existing, id: string) {
  return services.flatMap((service) =>
    service.listeners.flatMap((listener) => {
      const above = [`services.${service.name}.listeners.${listener.name}`, `services.${service.name}`];
      return [
        ...weightIn(listener.defaultAction, id).map((weight) => ({ weight, within: above })),
        ...listener.rules.flatMap((rule) =>
          weightIn(rule.action, id).map((weight) => ({
            weight,
            within: [`${above[0]}.rules.${rule.name}`, ...above],
          })),
        ),
      ];
    }),
  );
}

const weightIn = (action: LatticeAction, id: string): number[] =>
  "forward" in action
    ? action.forward.targetGroups
        .filter((group) => group.targetGroupIdentifier === id)
        .map(({ weight }) => weight)
    : [];
