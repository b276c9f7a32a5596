import type { Action } from "../document/action.ts";
import type { LatticeAction } from "../existing.ts";
import { type Change, refused, underway } from "./change.ts";
import { own } from "./own.ts";
import { removeGroup } from "./remove-group.ts";
import { leftOver, type Sight } from "./sight.ts";

/** Target groups that this document made and no longer names, after whatever forwards to them; none that carries traffic. */
export function planGroupRemovals(sight: Sight, services: readonly Change[]): Change[] {
  const open = services.filter(({ state }) => state !== "unchanged");
  const leaving = new Set(open.map(({ address }) => address));
  const deleted = new Set(
    open.flatMap((change) => ("verb" in change && change.verb === "delete" ? change.address : [])),
  );
  return leftOver(sight, sight.existing.targetGroups, sight.document.targetGroups).map((live) => {
    const address = `targetGroups.${live.name}`;
    const step = { address, verb: "delete" as const, sentence: `delete the target group ${live.name}` };
    const uses = usesOf(sight, live.id);
    const staying = uses.find(
      ({ within, keeps }) =>
        !within.some((place) => deleted.has(place)) && (keeps || !leaving.has(within[0])),
    );
    if (staying)
      return refused(
        address,
        `is not in the document any more, and has weight ${staying.weight} in ${staying.within[0]}; roll out to another group first, then take it out`,
      );
    const after = uses.flatMap(({ within }) => within.find((place) => leaving.has(place)) ?? []);
    if (after.length === 0 && live.usedBy.length > 0) return underway(step);
    return removeGroup(step, after, live);
  });
}

interface Use {
  readonly weight: number;
  /** The addresses of the rule or listener, of what it is in, and so on. */
  readonly within: readonly [string, ...string[]];
  /** Whether the action would keep the group as it is written now: a forward does, for its weight's sake. */
  readonly keeps: boolean;
}

function usesOf({ existing, document }: Sight, id: string): Use[] {
  const use = (action: LatticeAction, written: Action | undefined, within: Use["within"]): Use[] =>
    weightsIn(action, id).map((weight) => ({
      weight,
      within,
      keeps: weight > 0 && written !== undefined && "forward" in written,
    }));
  return existing.services.flatMap((service) =>
    service.listeners.flatMap((listener) => {
      const written = own(own(document.services, service.name)?.listeners ?? {}, listener.name);
      const above = `services.${service.name}`;
      const here = `${above}.listeners.${listener.name}`;
      return [
        ...use(listener.defaultAction, written?.defaultAction, [here, above]),
        ...listener.rules.flatMap(({ name, action }) =>
          use(action, written?.rules.find((rule) => rule.name === name)?.action, [
            `${here}.rules.${name}`,
            here,
            above,
          ]),
        ),
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
