import type { Admitted } from "../rollout.ts";
import { ownWeightsAt } from "../share.ts";

/**
 * The share, from 0 to 1, that the written weights give the candidate in every place; undefined where nothing was written, where a
 * rule sends it requests beside, or where the shares of the places differ.
 */
export function askedShare({ written, matched, actions, candidate, stable }: Admitted): number | undefined {
  if (written === null || matched !== null) return undefined;
  const pair = { candidate: candidate.id, stable: stable.id };
  const shares = actions.map((action) => {
    const own = ownWeightsAt(action, pair, written);
    return own.candidate / (own.candidate + own.stable);
  });
  const [first] = shares;
  return shares.every((share) => share === first) ? first : undefined;
}
