import type { Instant } from "./instant.ts";
import { reasonFor } from "./reasons.ts";
import type { Rollout } from "./rollout.ts";
import type { RolloutEvent } from "./rollout-event.ts";

/**
 * What follows when the workflow itself failed, or ended where no Catch could see it: roll back, unless the rollout is
 * already ending. A promotion whose weights were written stands, and so do weights that are to stay.
 */
export function giveUp(rollout: Rollout, cause: string, at: Instant): RolloutEvent[] {
  if (rollout.status !== "admitted") return [];
  const { phase } = rollout;
  if (ENDING.has(phase.type) || (phase.type === "promoting" && phase.shifted)) return [];
  return [{ type: "roll-back-decided", at, reason: reasonFor("rolled back", rollout, at, cause) }];
}

const ENDING: ReadonlySet<string> = new Set(["settled", "rolling-back", "stopping", "staying", "returning"]);
