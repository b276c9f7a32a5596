import type { Forwarding } from "./forwarding.ts";
import { placeName } from "./forwarding.ts";
import type { Admitted } from "./rollout.ts";
import { ownWeightsAt, ownWeightsIn } from "./share.ts";

/**
 * What a rollback writes over beside the rollout's own last weights, a sentence each: somebody else's, or those of a shift that
 * was cut off before it was noted.
 */
export function overruledWeights(rollout: Admitted, current: readonly Forwarding[]): string[] {
  const { actions, candidate, stable, written, drift } = rollout;
  const pair = { candidate: candidate.id, stable: stable.id };
  return actions.flatMap((recorded) => {
    const at = (some: readonly Forwarding[]) =>
      some.find(({ place }) => placeName(place) === placeName(recorded.place));
    const now = at(current);
    if (now === undefined) return [];
    const adopted = at(drift.adopted);
    const before = ownWeightsIn(recorded, pair);
    const last = written === null ? before : ownWeightsAt(recorded, pair, written);
    const own = ownWeightsIn(now, pair);
    const known = [before, last, ...(adopted === undefined ? [] : [ownWeightsIn(adopted, pair)])];
    if (known.some((one) => one.candidate === own.candidate && one.stable === own.stable)) return [];
    return [
      `${placeName(recorded.place)} had ${own.candidate}/${own.stable}, not ${last.candidate}/${last.stable} as was noted last: it was written over`,
    ];
  });
}
