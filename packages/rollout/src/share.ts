import { type Forwarding, type Pair, weightOf } from "./forwarding.ts";
import type { Weight } from "./weight.ts";

/** The weights of a rollout's own two groups in one action. */
export interface OwnWeights {
  readonly candidate: number;
  readonly stable: number;
}

const LARGEST_WEIGHT = 999;

/**
 * The whole numbers that give the candidate `weight` percent in this place. Where the action was recorded with groups of
 * others in it, the sum of the own two stays as recorded, so that nobody else's share changes; else they sum to 100, or to 1000
 * for a share in tenths of a percent.
 */
export function ownWeightsAt(recorded: Forwarding, pair: Pair, weight: Weight): OwnWeights {
  const total = totalOf(recorded, pair, weight);
  const candidate = Math.round((total * weight) / 100);
  return { candidate, stable: total - candidate };
}

/** The own weights as an action has them. */
export function ownWeightsIn(action: Forwarding, pair: Pair): OwnWeights {
  return { candidate: weightOf(action, pair.candidate), stable: weightOf(action, pair.stable) };
}

/** The candidate's share in an action, in percent of what the own two groups serve. */
export function shareIn(action: Forwarding, pair: Pair): number {
  const { candidate, stable } = ownWeightsIn(action, pair);
  return candidate + stable === 0 ? 0 : (100 * candidate) / (candidate + stable);
}

/** Why this place cannot give the candidate `weight` percent to within half a percent in whole numbers; undefined if it can. */
export function shareProblem(recorded: Forwarding, pair: Pair, weight: Weight): string | undefined {
  const total = totalOf(recorded, pair, weight);
  const own = ownWeightsAt(recorded, pair, weight);
  if (Math.max(own.candidate, own.stable) > LARGEST_WEIGHT) {
    return `its own weights sum to ${total} beside other groups, and Lattice takes at most ${LARGEST_WEIGHT}`;
  }
  if (Math.abs((100 * own.candidate) / total - weight) > 0.5) {
    return `${weight}% of ${total}, which is what its own groups have beside others, is no whole number`;
  }
  return undefined;
}

function totalOf(recorded: Forwarding, pair: Pair, weight: Weight): number {
  const own = ownWeightsIn(recorded, pair);
  const alone = recorded.groups.every(({ id }) => id === pair.candidate || id === pair.stable);
  const parts = Number.isInteger(weight) ? 100 : 1000;
  return alone ? parts : own.candidate + own.stable;
}
