import { findings, minuteAt } from "@espalier/evidence";
import { fromMillis, type Instant, toMillis } from "../instant.ts";
import type { Admitted, Held } from "../rollout.ts";
import { endOf, type SteppedStrategy, stepsOf } from "../strategy/steps-of.ts";

type Baking = Extract<Held, { type: "baking" }>;

/** The minutes that a step bakes. */
const bakeOf = (strategy: SteppedStrategy, step: number) => stepsOf(strategy)[step]?.bakeMinutes ?? 0;

/** When the time of a bake is over, unless it is paused. */
export function bakeEnd(strategy: SteppedStrategy, { step, since, baked }: Baking): Instant {
  return fromMillis(toMillis(since) + bakeOf(strategy, step) * 60_000 - baked);
}

/**
 * Whether the bake's time is over, every whole minute in it is closed, and as many minutes were counted as it has. A candidate
 * without weight need not have been counted, and a shift for a while goes back in time.
 */
export function isBaked(
  { watch, written }: Admitted,
  strategy: SteppedStrategy,
  phase: Baking,
  at: Instant,
): boolean {
  const end = toMillis(bakeEnd(strategy, phase));
  if (toMillis(at) < end) return false;
  if (written === 0 || (endOf(strategy) === "go-back" && phase.step === stepsOf(strategy).length - 1))
    return true;
  const last = minuteAt(end) - 1;
  const none = last < minuteAt(toMillis(phase.since));
  const closed = none || watch.closedThrough >= last;
  return closed && phase.measured.counted >= Math.ceil(bakeOf(strategy, phase.step));
}

/** Whether every metric holds the certificate for what follows a step. */
export function isCertified({ judging }: Admitted, step: number): boolean {
  if (judging === null) return false;
  return findings(judging.plan.comparison, judging.comparison).certified[step] === true;
}
