import { presentWeight } from "../reasons.ts";
import type { Admitted } from "../rollout.ts";
import { isSameMatch, type Match } from "../strategy/match.ts";
import type { Weight } from "../weight.ts";

/** Whether the candidate would get more requests by a shift: a larger share, or those that another rule chooses. */
export function grows(rollout: Admitted, to: Weight, match: Match | null): boolean {
  return to > presentWeight(rollout) || (match !== null && !isSameMatch(match, rollout.matched));
}
