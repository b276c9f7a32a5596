import { closeMinutes, evidenceAgainst, minuteAt, type Reading } from "@espalier/evidence";
import { evolve } from "./evolve.ts";
import { fromMillis, type Instant, toMillis } from "./instant.ts";
import { reasonFor, verdictOf } from "./reasons.ts";
import type { Admitted, Held, Rollout } from "./rollout.ts";
import type { RolloutEvent } from "./rollout-event.ts";
import type { ShiftOutcome } from "./shift-outcome.ts";

type Baking = Extract<Held, { type: "baking" }>;

/**
 * What a look at the metrics leads to at time `at`: minutes closed, and what they entitle the rollout to do. Readings of
 * minutes closed before are dropped, so a look may be taken twice.
 */
export function look(rollout: Rollout, readings: readonly Reading[], at: Instant): RolloutEvent[] {
  if (rollout.status !== "admitted") return [];
  const closed = close(rollout, readings, at);
  const seen = closed.reduce(evolve, rollout as Rollout);
  return seen.status === "admitted" ? [...closed, ...act(seen, at)] : closed;
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
  const evidence = evidenceAgainst(rollout.regression, after.watch.regression);
  return [{ ...event, evidence, counts: after.watch.counts }];
}

function act(rollout: Admitted, at: Instant): RolloutEvent[] {
  const { phase } = rollout;
  if (phase.type === "settled" || phase.type === "rolling-back" || phase.type === "stopping") return [];
  if (verdictOf(rollout, false).outcome === "fail") {
    return [{ type: "roll-back-decided", at, reason: reasonFor("rolled back", rollout, at) }];
  }
  if (phase.type === "starting") return enterStep(rollout, 0, at);
  return phase.type === "baking" && baked(rollout, phase, at) ? passStep(rollout, phase.step, at) : [];
}

/** Whether the bake's time is over and every whole minute in it is closed. */
function baked({ strategy, watch }: Admitted, phase: Baking, at: Instant): boolean {
  const minutes = strategy.steps[phase.step]?.bakeMinutes ?? 0;
  const end = toMillis(phase.since) + minutes * 60_000 - phase.baked;
  const last = minuteAt(end) - 1;
  const none = last < minuteAt(toMillis(phase.since));
  return toMillis(at) >= end && (none || watch.closedThrough >= last);
}

function passStep(rollout: Admitted, step: number, at: Instant): RolloutEvent[] {
  const reason = reasonFor(`step ${step + 1} of ${rollout.strategy.steps.length} passed`, rollout, at);
  return [{ type: "step-passed", at, step, reason }, ...enterStep(rollout, step + 1, at)];
}

function enterStep(rollout: Admitted, step: number, at: Instant): RolloutEvent[] {
  const { steps } = rollout.strategy;
  const next = steps[step];
  if (next === undefined)
    return [{ type: "promotion-decided", at, reason: reasonFor("promoted", rollout, at) }];
  const reason = `shifting to ${next.weight}%, step ${step + 1} of ${steps.length}`;
  return [{ type: "shift-decided", at, to: next.weight, step, reason }];
}
