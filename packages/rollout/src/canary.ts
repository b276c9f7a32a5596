import { minuteAt } from "@espalier/evidence";
import { type Instant, toMillis } from "./instant.ts";
import { MOST_MISSING_MINUTES } from "./measured.ts";
import { reasonFor } from "./reasons.ts";
import type { Admitted, Held } from "./rollout.ts";
import type { RolloutEvent } from "./rollout-event.ts";
import type { Canary } from "./strategy.ts";

type Baking = Extract<Held, { type: "baking" }>;

/**
 * What a canary that is not found worse does at a look: its first step, its next one once it has baked, or promotion. A step
 * that cannot be measured never passes; where that lasts, the rollout is rolled back.
 */
export function actCanary(rollout: Admitted, strategy: Canary, at: Instant): RolloutEvent[] {
  const { phase } = rollout;
  if (phase.type === "starting") return enterStep(rollout, strategy, 0, at);
  if (phase.type !== "baking") return [];
  const { missing } = phase.measured;
  if (missing >= MOST_MISSING_MINUTES) {
    const because = `it could not be measured for ${missing} minutes`;
    return [{ type: "roll-back-decided", at, reason: reasonFor("rolled back", rollout, at, because) }];
  }
  return baked(rollout, strategy, phase, at) ? passStep(rollout, strategy, phase, at) : [];
}

/** Whether the bake's time is over, every whole minute in it is closed, and as many minutes were counted as it has. */
function baked({ watch }: Admitted, strategy: Canary, phase: Baking, at: Instant): boolean {
  const minutes = strategy.steps[phase.step]?.bakeMinutes ?? 0;
  const end = toMillis(phase.since) + minutes * 60_000 - phase.baked;
  const last = minuteAt(end) - 1;
  const none = last < minuteAt(toMillis(phase.since));
  const closed = none || watch.closedThrough >= last;
  return toMillis(at) >= end && closed && phase.measured.counted >= Math.ceil(minutes);
}

function passStep(rollout: Admitted, strategy: Canary, phase: Baking, at: Instant): RolloutEvent[] {
  const { step } = phase;
  const reason = reasonFor(
    `step ${step + 1} of ${strategy.steps.length} passed`,
    rollout,
    at,
    idle(rollout, phase),
  );
  return [{ type: "step-passed", at, step, reason }, ...enterStep(rollout, strategy, step + 1, at)];
}

/** No traffic is no failure, but has to be said: where there was none at all, the numbers say so themselves. */
function idle({ candidate, watch }: Admitted, { measured }: Baking): string | undefined {
  if (measured.counted === 0 || measured.requests > 0 || watch.counts.candidate.requests === 0)
    return undefined;
  return `${candidate.name} served no requests in the step's ${measured.counted} minutes`;
}

function enterStep(rollout: Admitted, { steps }: Canary, step: number, at: Instant): RolloutEvent[] {
  const next = steps[step];
  if (next === undefined) {
    const because = rollout.phase.type === "baking" ? idle(rollout, rollout.phase) : undefined;
    return [{ type: "promotion-decided", at, reason: reasonFor("promoted", rollout, at, because) }];
  }
  const reason = `shifting to ${next.weight}%, step ${step + 1} of ${steps.length}`;
  return [{ type: "shift-decided", at, to: next.weight, step, reason }];
}
