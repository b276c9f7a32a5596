import { fromMillis, type Instant, toMillis } from "./instant.ts";
import type { Rollout } from "./rollout.ts";

/**
 * From when on nobody needs the groups of a rollout any more that serve no traffic: once it is over and the time has passed in
 * which it can be undone. Undefined while it runs or may come to run.
 */
export function idleFrom(rollout: Rollout): Instant | undefined {
  switch (rollout.status) {
    case "unknown":
      return undefined;
    case "refused":
      return rollout.refusal.at;
    case "admitted": {
      if (rollout.phase.type !== "settled") return undefined;
      return fromMillis(toMillis(rollout.phase.outcome.at) + rollout.request.warmMinutes * 60_000);
    }
  }
}
