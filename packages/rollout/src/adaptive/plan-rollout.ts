import { ENOUGH_HISTORY, Minute, pastMinutes, type Reading } from "@espalier/evidence";
import type { Instant } from "../instant.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import { planAdaptive } from "./adaptive-plan.ts";

/** The first minute whose metrics a rollout needs: before it is planned, those of the stable group's history too. */
export function firstUnread({ strategy, adaptive, watch }: Admitted): Minute {
  const next = watch.closedThrough + 1;
  const unplanned = strategy.type === "adaptive" && adaptive === null;
  return Minute.parse(unplanned ? Math.max(0, next - ENOUGH_HISTORY) : next);
}

/** Plans an adaptive rollout on its first look, from what the readings say of the stable group before it. */
export function planRollout(rollout: Admitted, readings: readonly Reading[], at: Instant): RolloutEvent[] {
  const { strategy, alpha, watch, adaptive } = rollout;
  if (strategy.type !== "adaptive" || adaptive !== null || rollout.phase.type !== "starting") return [];
  const history = pastMinutes(readings, Minute.parse(watch.closedThrough + 1));
  const measured = new Set(["errors", ...readings.flatMap(({ slow }) => Object.keys(slow ?? {}))]);
  const plan = planAdaptive({ strategy, alpha }, history, [...measured]);
  const traffic = `about ${Math.round(plan.ramp.requestsPerMinute).toLocaleString("en-US")} requests a minute`;
  const reason = [`planned on ${history.length} minutes of history, ${traffic}`, ...plan.notes].join("; ");
  return [{ type: "rollout-planned", at, plan, reason }];
}
