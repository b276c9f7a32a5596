import { adoptedActions } from "../adopt.ts";
import type { Forwarding } from "../forwarding.ts";
import type { Instant } from "../instant.ts";
import { reasonFor } from "../reasons.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";

// Whoever writes the weights again each time will not stop.
const MOST_OVERRULED = 3;

/**
 * What weights that somebody else wrote lead to, as the request asks: stop and leave them, take them over, or write over
 * them. Places that are gone or new are taken over in both cases: nobody can write those back.
 * `actions` are the service's as they were found, where somebody looked.
 */
export function onDrift(
  rollout: Admitted,
  found: string,
  actions: readonly Forwarding[] | undefined,
  at: Instant,
): RolloutEvent[] {
  const { request, drift, candidate, stable } = rollout;
  const stop = (why: string): RolloutEvent[] => [
    { type: "drift-found", at, reason: reasonFor("stopped", rollout, at, why) },
  ];
  if (request.onDrift === "abort") return stop(`${found}; they are left as found`);
  const pair = { candidate: candidate.id, stable: stable.id };
  const adopted = adoptedActions(rollout.actions, actions ?? rollout.actions, pair);
  if (adopted.actions.length === 0) return stop(`${found}; nothing is left to shift`);
  if (request.onDrift === "adopt")
    return [{ type: "drift-adopted", at, reason: `${found}; that is adopted`, ...adopted }];
  if (drift.overruled >= MOST_OVERRULED)
    return stop(`${found}, after they were written over ${MOST_OVERRULED} times; they are left as found`);
  const reason = `${found}; they are written over`;
  return [{ type: "drift-overruled", at, reason, actions: adopted.actions }];
}
