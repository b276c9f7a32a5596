import { ENOUGH_HISTORY, Minute, type PastMinute, pastMinutes, type Reading } from "@espalier/evidence";
import type { Instant } from "../instant.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { planAdaptive } from "./adaptive-plan.ts";
import type { Thresholds } from "./thresholds.ts";

// The last minutes before the first look are not there yet; without them there is still to be enough history.
const LATE_MINUTES = 5;

/** The first minute whose metrics a rollout needs: before it is planned, those of the stable group's history too. */
export function firstUnread({ strategy, adaptive, watch }: Admitted): Minute {
  const next = watch.closedThrough + 1;
  const unplanned = strategy.type === "adaptive" && adaptive === null;
  return Minute.parse(unplanned ? Math.max(0, next - ENOUGH_HISTORY - LATE_MINUTES) : next);
}

/** Plans an adaptive rollout on its first look, from what the readings say of the stable group before it. */
export function planRollout(
  rollout: Admitted,
  { readings, thresholds }: { readonly readings: readonly Reading[]; readonly thresholds: Thresholds },
  at: Instant,
): RolloutEvent[] {
  const { strategy, alpha, watch, adaptive } = rollout;
  if (strategy.type !== "adaptive" || adaptive !== null || rollout.phase.type !== "starting") return [];
  const history = pastMinutes(readings, Minute.parse(watch.closedThrough + 1));
  const measured = ["errors", ...Object.keys(thresholds).filter((name) => isMeasured(name, history))];
  const plan = planAdaptive({ strategy, alpha }, history, { measured, thresholds });
  const traffic = `about ${Math.round(plan.ramp.requestsPerMinute).toLocaleString("en-US")} requests a minute`;
  const reason = [`planned on ${history.length} minutes of history, ${traffic}`, ...plan.notes].join("; ");
  return [{ type: "rollout-planned", at, plan, reason }];
}

/** Requests were counted by it, or none were at all: with a threshold of the user's a metric needs no history. */
function isMeasured(name: string, history: readonly PastMinute[]): boolean {
  const served = (metric: string) => history.some(({ [metric]: counts }) => (counts?.requests ?? 0) > 0);
  return served(name) || !served("errors");
}
