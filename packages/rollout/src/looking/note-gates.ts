import { gateNews } from "../gates/gate-news.ts";
import type { Instant } from "../instant.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import type { Seen } from "../seen.ts";

/** That all rollouts have been frozen, or may go on; nothing where nobody looked. */
export function noteFrozen({ frozen }: Admitted, seen: Seen, at: Instant): RolloutEvent[] {
  if (seen.frozen === undefined) return [];
  if (seen.frozen === null) return frozen === null ? [] : [{ type: "rollouts-thawed", at }];
  return frozen?.since === seen.frozen.since ? [] : [{ type: "rollouts-frozen", at, frozen: seen.frozen }];
}

/** That an adaptive rollout's share may not grow, or may again: its ramp has to know before it looks at minutes. */
export function noteGate(rollout: Admitted, at: Instant): RolloutEvent[] {
  const { phase, request } = rollout;
  if (request.strategy.type !== "adaptive") return [];
  if (phase.type !== "starting" && phase.type !== "baking" && phase.type !== "asking") return [];
  return gateNews(rollout, at);
}
