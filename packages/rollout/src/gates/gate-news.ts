import type { Instant } from "../instant.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { growthHeld } from "./growth.ts";

/** That the share of a rollout that wants to grow may not, why, or that it may again; nothing where that was told before. */
export function gateNews(rollout: Admitted, at: Instant): RolloutEvent[] {
  const told = rollout.gate?.reason;
  const held = growthHeld(rollout, at);
  if (held === undefined) return told === undefined ? [] : [{ type: "growth-freed", at }];
  return held.reason === told ? [] : [{ type: "growth-held", at, ...held }];
}
