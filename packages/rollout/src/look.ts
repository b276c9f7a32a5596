import { closeMinutes, minuteAt, type Reading } from "@espalier/evidence";
import { actAdaptive } from "./adaptive/act-adaptive.ts";
import { planRollout } from "./adaptive/plan-rollout.ts";
import type { Thresholds } from "./adaptive/thresholds.ts";
import { actCanary } from "./canary.ts";
import { evolve } from "./evolve.ts";
import { fromMillis, type Instant, toMillis } from "./instant.ts";
import { reasonFor, verdictOf } from "./reasons.ts";
import type { Admitted, Rollout } from "./rollout.ts";
import type { RolloutEvent } from "./rollout-event.ts";
import type { ShiftOutcome } from "./shift-outcome.ts";

/**
 * What a look at the metrics leads to at time `at`: minutes closed, and what they entitle the rollout to do. Readings of
 * minutes closed before are dropped, so a look may be taken twice. `thresholds` are those that slow requests were counted by.
 */
export function look(
  rollout: Rollout,
  readings: readonly Reading[],
  at: Instant,
  thresholds: Thresholds = {},
): RolloutEvent[] {
  if (rollout.status !== "admitted") return [];
  const planned = planRollout(rollout, { readings, thresholds }, at);
  const noted = [...planned, ...close(rollout, readings, at)];
  const seen = noted.reduce(evolve, rollout as Rollout);
  return seen.status === "admitted" ? [...noted, ...act(seen, at)] : noted;
}

/** What the answer of a weight shift leads to. An answer that was noted before, or is no longer awaited, leads to nothing. */
export function noteShift(rollout: Rollout, outcome: ShiftOutcome, at: Instant): RolloutEvent[] {
  if (rollout.status !== "admitted") return [];
  const { phase } = rollout;
  const awaited =
    phase.type === "shifting" ? phase.to : phase.type === "promoting" && !phase.shifted ? 100 : undefined;
  if (awaited === undefined) return [];
  if (outcome.type === "drifted") {
    const reason = reasonFor(
      "stopped",
      rollout,
      at,
      `the weights drifted, ${outcome.found}; they are left as found`,
    );
    return [{ type: "drift-found", at, reason }];
  }
  return outcome.weight === awaited ? [{ type: "weights-shifted", at, weight: outcome.weight }] : [];
}

/** When to look next: just after the next minute's metrics can be there, a minute behind the clock. */
export function nextLook(at: Instant): Instant {
  const now = toMillis(at) - AFTER_THE_MINUTE_MS;
  return fromMillis((minuteAt(now) + 1) * 60_000 + AFTER_THE_MINUTE_MS);
}

// CloudWatch has a minute's Lattice metrics a minute after it ends; a few seconds more let them all arrive.
const AFTER_THE_MINUTE_MS = 5_000;

function close(rollout: Admitted, readings: readonly Reading[], at: Instant): RolloutEvent[] {
  const minutes = closeMinutes(rollout.watch.closedThrough, readings, toMillis(at));
  if (minutes.length === 0 || rollout.written === null || rollout.phase.type === "settled") return [];
  const event = { type: "minutes-closed" as const, at, minutes, evidence: 0, counts: rollout.watch.counts };
  const after = evolve(rollout, event);
  if (after.status !== "admitted") return [];
  const { evidence } = verdictOf(after, false);
  return [{ ...event, evidence, counts: after.watch.counts }];
}

function act(rollout: Admitted, at: Instant): RolloutEvent[] {
  const { phase } = rollout;
  if (phase.type === "settled" || phase.type === "rolling-back" || phase.type === "stopping") return [];
  if (verdictOf(rollout, false).outcome === "fail") {
    return [{ type: "roll-back-decided", at, reason: reasonFor("rolled back", rollout, at) }];
  }
  const { strategy } = rollout;
  return strategy.type === "adaptive" ? actAdaptive(rollout, at) : actCanary(rollout, strategy, at);
}
