import { adoptedActions } from "../adopt.ts";
import type { Forwarding } from "../forwarding.ts";
import type { Instant } from "../instant.ts";
import { reasonFor } from "../reasons.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";

// Whoever writes the weights again each time will not stop.
const MOST_OVERRULED = 3;

/** What weights that somebody else wrote lead to, as the request asks: stop and leave them, take them over, or write over them. */
export function onDrift(
  rollout: Admitted,
  found: string,
  actions: readonly Forwarding[],
  at: Instant,
): RolloutEvent[] {
  const { request, drift, candidate, stable } = rollout;
  const stop = (why: string): RolloutEvent[] => [
    { type: "drift-found", at, reason: reasonFor("stopped", rollout, at, why) },
  ];
  switch (request.onDrift) {
    case "abort":
      return stop(`${found}; they are left as found`);
    case "restore":
      if (drift.overruled >= MOST_OVERRULED)
        return stop(`${found}, after they were written over ${MOST_OVERRULED} times; they are left as found`);
      return [{ type: "drift-overruled", at, reason: `${found}; they are written over` }];
    case "adopt": {
      const pair = { candidate: candidate.id, stable: stable.id };
      const adopted = adoptedActions(rollout.actions, actions, pair);
      if (adopted.actions.length === 0) return stop(`${found}; nothing is left to shift`);
      return [{ type: "drift-adopted", at, reason: `${found}; that is adopted`, ...adopted }];
    }
  }
}
