import type { Existing } from "../src/existing.ts";
import type { Write } from "../src/index.ts";
import { modelWrites } from "./model-writes.ts";

export type Mutable<T> = T extends readonly (infer Item)[]
  ? Mutable<Item>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;

export type Draft = Mutable<Existing>;

/** Lattice as the planner sees it, in memory, with the conflicts that its order of writing must avoid. All is ACTIVE at once. */
export function modelLattice() {
  const none = { networks: 0, services: 0, targetGroups: 0 };
  const now: Draft = { networks: [], otherNetworks: [], services: [], targetGroups: [], elsewhere: none };
  const writes = modelWrites(now);
  return {
    existing: (): Existing => structuredClone(now),
    /** For what others do to Lattice. */
    now,
    write({ operation, input }: Write): void {
      (writes[operation] as (input: Write["input"]) => void)(input);
      noteUses(now);
    },
  };
}

export type ModelLattice = ReturnType<typeof modelLattice>;

/** Which services forward to a target group. */
function noteUses(now: Draft): void {
  for (const group of now.targetGroups)
    group.usedBy = now.services.filter((service) => forwardsTo(service, group.id)).map(({ arn }) => arn);
}

const forwardsTo = ({ listeners }: Draft["services"][number], id: string): boolean =>
  listeners
    .flatMap(({ defaultAction, rules }) => [defaultAction, ...rules.map(({ action }) => action)])
    .some(
      (action) =>
        "forward" in action &&
        action.forward.targetGroups.some((group) => group.targetGroupIdentifier === id),
    );
