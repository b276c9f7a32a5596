import { type Forwarding, type Pair, placeName, weightOf } from "./forwarding.ts";

/**
 * What a rollout takes over of actions that somebody else has changed: `actions` are to be recorded from now on, `found` is what
 * the next shift may find. A place known before keeps its recorded weights, which a rollback restores; one that is gone is
 * forgotten; a new one that sends the stable group traffic is recorded as if the candidate had had nothing of it.
 */
export function adoptedActions(
  recorded: readonly Forwarding[],
  current: readonly Forwarding[],
  pair: Pair,
): { readonly actions: Forwarding[]; readonly found: Forwarding[] } {
  const known = new Map(recorded.map((action) => [placeName(action.place), action]));
  const found = current.filter(
    (action) => known.has(placeName(action.place)) || weightOf(action, pair.stable) > 0,
  );
  return {
    actions: found.map((action) => known.get(placeName(action.place)) ?? withoutCandidate(action, pair)),
    found,
  };
}

function withoutCandidate({ place, groups }: Forwarding, { candidate, stable }: Pair): Forwarding {
  const given = groups.find(({ id }) => id === candidate)?.weight ?? 0;
  const rest = groups
    .filter(({ id }) => id !== candidate)
    .map((group) =>
      group.id === stable ? { ...group, weight: Math.min(999, group.weight + given) } : group,
    );
  return { place, groups: rest };
}
