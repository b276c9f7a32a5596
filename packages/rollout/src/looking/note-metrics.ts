import { closeMinutes } from "@espalier/evidence";
import { evolve } from "../evolve/evolve.ts";
import { type Instant, toMillis } from "../instant.ts";
import { oddsOf } from "../reasons.ts";
import { isThreshold } from "../request/metric.ts";
import type { Admitted } from "../rollout.ts";
import type { RolloutEvent } from "../rollout-event.ts";
import type { Seen } from "../seen.ts";

/** That the metrics can no longer be read, or can again. */
export function noteReadable({ unreadable }: Admitted, seen: Seen, at: Instant): RolloutEvent[] {
  if (seen.unreadable == null) return unreadable === null ? [] : [{ type: "metrics-readable", at }];
  return unreadable === null ? [{ type: "metrics-unreadable", at, reason: seen.unreadable }] : [];
}

/** The minutes that can be closed. One that could not be read stays open: it is not the same as one that never came. */
export function closeRead(rollout: Admitted, seen: Seen, at: Instant): RolloutEvent[] {
  if (rollout.written === null || rollout.phase.type === "settled" || seen.unreadable != null) return [];
  const { through } = seen;
  const minutes = closeMinutes(rollout.watch.closedThrough, seen.readings, toMillis(at)).filter(
    ({ minute }) => through == null || minute <= through,
  );
  if (minutes.length === 0) return [];
  const event = { type: "minutes-closed" as const, at, minutes, evidence: 0, counts: rollout.watch.counts };
  const after = evolve(rollout, event);
  if (after.status !== "admitted") return [];
  return [{ ...event, evidence: oddsOf(after).evidence, counts: after.watch.counts }];
}

/** The levels that are news, of metrics that the request names, since the candidate first had traffic. */
export function readLevels({ request, levels, written }: Admitted, seen: Seen, at: Instant): RolloutEvent[] {
  if (written === null) return [];
  const asked = new Set(request.metrics.filter(isThreshold).map(({ name }) => name));
  const fresh = seen.levels.filter(
    ({ name, minute, value }) => asked.has(name) && value !== null && minute > (levels[name]?.minute ?? -1),
  );
  return fresh.length === 0 ? [] : [{ type: "levels-read", at, levels: fresh }];
}
