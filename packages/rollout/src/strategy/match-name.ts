import type { Admitted } from "../rollout.ts";
import { stepsOf } from "./steps-of.ts";

/** What the names of all rules begin with that rollouts make. */
export const MATCH_PREFIX = "espalier-";

/** The name of the rule that a rollout makes for its match: the prefix and eight digits that its id comes to. */
export function matchName(rollout: string): string {
  return MATCH_PREFIX + fnv1a(rollout).toString(16).padStart(8, "0");
}

/** Whether a rollout may have made such a rule, which is then to be removed at its end. */
export function usesMatch({ request: { strategy } }: Admitted): boolean {
  return strategy.type !== "adaptive" && stepsOf(strategy).some(({ match }) => match !== undefined);
}

/** FNV-1a, 32 bits: only two rollouts of one service must not share a name, and it has one at a time. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
