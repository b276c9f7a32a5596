import { minuteAt } from "@espalier/evidence";
import { type Instant, toMillis } from "./instant.ts";
import { reasonFor } from "./reasons.ts";
import type { Admitted, Held } from "./rollout.ts";
import type { RolloutEvent } from "./rollout-event.ts";
import type { Canary } from "./strategy.ts";

type Baking = Extract<Held, { type: "baking" }>;

/** What a canary that is not found worse does at a look: its first step, its next one once it has baked, or promotion. */
export function actCanary(rollout: Admitted, strategy: Canary, at: Instant): RolloutEvent[] {
  const { phase } = rollout;
  if (phase.type === "starting") return enterStep(rollout, strategy, 0, at);
  if (phase.type !== "baking" || !baked(rollout, strategy, phase, at)) return [];
  return passStep(rollout, strategy, phase.step, at);
}

/** Whether the bake's time is over and every whole minute in it is closed. */
function baked({ watch }: Admitted, strategy: Canary, phase: Baking, at: Instant): boolean {
  const minutes = strategy.steps[phase.step]?.bakeMinutes ?? 0;
  const end = toMillis(phase.since) + minutes * 60_000 - phase.baked;
  const last = minuteAt(end) - 1;
  const none = last < minuteAt(toMillis(phase.since));
  return toMillis(at) >= end && (none || watch.closedThrough >= last);
}

function passStep(rollout: Admitted, strategy: Canary, step: number, at: Instant): RolloutEvent[] {
  const reason = reasonFor(`step ${step + 1} of ${strategy.steps.length} passed`, rollout, at);
  return [{ type: "step-passed", at, step, reason }, ...enterStep(rollout, strategy, step + 1, at)];
}

function enterStep(rollout: Admitted, { steps }: Canary, step: number, at: Instant): RolloutEvent[] {
  const next = steps[step];
  if (next === undefined)
    return [{ type: "promotion-decided", at, reason: reasonFor("promoted", rollout, at) }];
  const reason = `shifting to ${next.weight}%, step ${step + 1} of ${steps.length}`;
  return [{ type: "shift-decided", at, to: next.weight, step, reason }];
}
